using System.Net;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>Direct calls with an image that can't be inspected.</summary>
[Collection(OneServer.Name)]
public class RefusedDetectionTests(SharedServer shared)
{
    private const string Formats = "JPEG, PNG, WebP, BMP, TIFF";

    private TestServer Server => shared.Server;

    public static TheoryData<string, HttpStatusCode, string> Images => new()
    {
        { "empty", HttpStatusCode.BadRequest, "is empty" },
        { "text", HttpStatusCode.UnsupportedMediaType, Formats },
        { "gif", HttpStatusCode.UnsupportedMediaType, Formats },
        { "svg", HttpStatusCode.UnsupportedMediaType, Formats },
        { "tiff of 17 bytes", HttpStatusCode.UnsupportedMediaType, "TIFF" },
        { "looping tiff", HttpStatusCode.UnsupportedMediaType, "loop" },
        { "60,000 x 60,000", HttpStatusCode.UnprocessableEntity, "no side may be over 30000" },
        { "1 x 5,000,000", HttpStatusCode.UnprocessableEntity, "no side may be over 30000" },
        { "truncated jpeg", HttpStatusCode.UnprocessableEntity, "ends before" },
        { "truncated png", HttpStatusCode.UnprocessableEntity, "ends before" },
        { "png of wrong crc", HttpStatusCode.UnprocessableEntity, "damaged" },
        { "too large", HttpStatusCode.RequestEntityTooLarge, "2097152 bytes" },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public async Task PostDetect_UnacceptableImage_IsRefusedAndLeavesNothing(string image, HttpStatusCode status, string says) =>
        await Traces.AssertNoneAsync(Server, async () => await Problem.AssertAsync(await Server.DetectAsync(Make(image)), status, says));

    [Theory]
    [MemberData(nameof(Images))]
    public async Task PostDetect_UnacceptableImageAsMultipart_IsRefusedAndLeavesNothing(string image, HttpStatusCode status, string says) =>
        await Traces.AssertNoneAsync(Server, async () => await Problem.AssertAsync(
            await Server.Http.PostAsync("/api/detect", new Form().File(Make(image)).ToContent()), status, says));

    [Fact]
    public async Task PostDetect_TwoParts_IsRefused() => await AssertRefusedAsync(
        new Form().File(Pictures.Sample("good-1.jpg")).File(Pictures.Sample("good-2.jpg")).ToContent(), HttpStatusCode.BadRequest, "\"file\"");

    [Fact]
    public async Task PostDetect_OtherPart_IsRefused() =>
        await AssertRefusedAsync(new Form().File(Pictures.Sample("good-1.jpg"), field: "image").ToContent(), HttpStatusCode.BadRequest, "\"file\"");

    [Fact]
    public async Task PostDetect_NoBoundary_IsRefused() => await AssertRefusedAsync(
        Form.Content(new Form().File(Pictures.Sample("good-1.jpg")).ToArray(), "multipart/form-data"), HttpStatusCode.BadRequest, "boundary");

    [Fact]
    public async Task PostDetect_WithoutClosingBoundary_IsRefused() => await AssertRefusedAsync(
        Form.Content(new Form().File(Pictures.Sample("good-1.jpg")).ToOpenArray()[..^100], Form.ContentType), HttpStatusCode.BadRequest, "damaged");

    [Fact]
    public async Task PostDetect_OtherContentType_IsRefused() => await AssertRefusedAsync(
        Form.Content(Pictures.Sample("good-1.jpg"), "application/json"), HttpStatusCode.UnsupportedMediaType, "image/*");

    [Fact]
    public async Task PostDetect_AnimationOf20000Frames_IsRefused()
    {
        using var response = await Server.DetectAsync(Pictures.AnimatedWebP(20_000));
        await Problem.AssertAsync(response, HttpStatusCode.UnprocessableEntity, "send one picture per file");
    }

    [Fact]
    public async Task PostDetect_WrongExif_IsInspected()
    {
        using var response = await Server.DetectAsync(Pictures.JpegOfWrongExif());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static byte[] Make(string image) => image switch
    {
        "text" => Pictures.Text,
        "gif" => Pictures.Gif,
        "svg" => Pictures.Svg,
        "tiff of 17 bytes" => Pictures.ShortTiff,
        "looping tiff" => Pictures.LoopingTiff,
        "60,000 x 60,000" => Pictures.PngHeader(60_000, 60_000),
        "1 x 5,000,000" => Pictures.PngHeader(1, 5_000_000),
        "truncated jpeg" => Pictures.Truncated(Pictures.Sample("good-1.jpg")),
        "truncated png" => Pictures.Truncated(Pictures.SampleAsPng("good-1.jpg")),
        "png of wrong crc" => Pictures.PngOfWrongCrc(),
        "too large" => [.. Pictures.Encode(16, 16, SKEncodedImageFormat.Jpeg), .. new byte[SharedServer.MaxDetectBytes]],
        _ => [],
    };

    private Task AssertRefusedAsync(HttpContent content, HttpStatusCode status, params string[] words) => Traces.AssertNoneAsync(
        Server, async () => await Problem.AssertAsync(await Server.Http.PostAsync("/api/detect", content), status, words));
}
