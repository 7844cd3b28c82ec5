using System.Net;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>Uploads that are refused because of their content: nothing of them may remain.</summary>
[Collection(OneServer.Name)]
public class RefusedUploadTests(SharedServer shared)
{
    private const string Formats = "JPEG, PNG, WebP, BMP, TIFF";

    private TestServer Server => shared.Server;

    public static TheoryData<string, HttpStatusCode, string> Images => new()
    {
        { "text", HttpStatusCode.UnsupportedMediaType, Formats },
        { "gif", HttpStatusCode.UnsupportedMediaType, Formats },
        { "svg", HttpStatusCode.UnsupportedMediaType, Formats },
        { "tiff of 17 bytes", HttpStatusCode.UnsupportedMediaType, "TIFF" },
        { "looping tiff", HttpStatusCode.UnsupportedMediaType, "loop" },
        { "60,000 x 60,000", HttpStatusCode.UnprocessableEntity, "no side may be over 30000" },
        { "1 x 5,000,000", HttpStatusCode.UnprocessableEntity, "no side may be over 30000" },
        { "20,000 x 20,000", HttpStatusCode.UnprocessableEntity, "at most 100000000 are allowed" },
        { "too large", HttpStatusCode.RequestEntityTooLarge, "2097152 bytes" },
        { "empty", HttpStatusCode.BadRequest, "is empty" },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public async Task PostFiles_UnacceptableImage_IsRefusedAndLeavesNothing(string image, HttpStatusCode status, string says) =>
        await AssertRefusedAsync(new Form().File(Make(image)), status, says);

    [Theory]
    [MemberData(nameof(Images))]
    public async Task PostFiles_LastOfManyUnacceptable_KeepsNone(string image, HttpStatusCode status, string says)
    {
        var form = new Form().Field("part_id", "A-1");
        for (var i = 0; i < 5; i++)
        {
            form.File(Pictures.Sample("good-1.jpg"));
        }

        await AssertRefusedAsync(form.File(Make(image), "last.jpg"), status, "ile 6 ('last.jpg')", says);
    }

    [Fact]
    public async Task PostFiles_UnacceptableImageWithKey_LeavesTheKeyFree()
    {
        await Traces.AssertNoneAsync(Server, async () => await Problem.AssertAsync(
            await Server.PostFilesAsync(new Form().File(Pictures.Text), "unfit-then-fit"), HttpStatusCode.UnsupportedMediaType));

        using var fit = await Server.PostFilesAsync(new Form().File(Pictures.Sample("good-1.jpg")), "unfit-then-fit");
        Assert.Equal(HttpStatusCode.Accepted, fit.StatusCode);
    }

    [Fact]
    public async Task PostFiles_MoreThan100Parts_IsRefused()
    {
        var form = new Form();
        for (var i = 0; i < 101; i++)
        {
            form.File(Pictures.Encode(16, 16, SKEncodedImageFormat.Jpeg));
        }

        await AssertRefusedAsync(form, HttpStatusCode.BadRequest, "at most 100 files");
    }

    [Fact]
    public async Task PostFiles_WithoutFile_NamesTheField() =>
        await AssertRefusedAsync(new Form().Field("part_id", "A-1"), HttpStatusCode.BadRequest, "\"file\"", "must occur at least once");

    [Fact]
    public async Task PostFiles_UnknownProfile_NamesTheKnownOnes() => await AssertRefusedAsync(
        new Form().File(Pictures.Sample("good-1.jpg")).Field("profile_id", "no-such"), HttpStatusCode.BadRequest, "no-such", "pcb-defects");

    [Theory]
    [InlineData("profile_id", "../up")]
    [InlineData("part_id", "")]
    [InlineData("batch_id", "two\nlines")]
    [InlineData("colour", "red")]
    public async Task PostFiles_WrongField_NamesIt(string field, string value) => await AssertRefusedAsync(
        new Form().File(Pictures.Sample("good-1.jpg")).Field(field, value), HttpStatusCode.BadRequest, $"\"{field}\"");

    [Fact]
    public async Task PostFiles_FieldTwice_IsRefused() => await AssertRefusedAsync(
        new Form().Field("part_id", "A-1").Field("part_id", "A-2").File(Pictures.Sample("good-1.jpg")),
        HttpStatusCode.BadRequest, "part_id", "must occur at most once");

    [Fact]
    public async Task PostFiles_EndlessField_IsRefused() => await AssertRefusedAsync(
        new Form().File(Pictures.Sample("good-1.jpg")).Field("part_id", new string('A', 100_000)), HttpStatusCode.BadRequest, "part_id");

    private static byte[] Make(string image) => image switch
    {
        "text" => Pictures.Text,
        "gif" => Pictures.Gif,
        "svg" => Pictures.Svg,
        "tiff of 17 bytes" => Pictures.ShortTiff,
        "looping tiff" => Pictures.LoopingTiff,
        "60,000 x 60,000" => Pictures.PngHeader(60_000, 60_000),
        "1 x 5,000,000" => Pictures.PngHeader(1, 5_000_000),
        "20,000 x 20,000" => Pictures.PngHeader(20_000, 20_000),
        "too large" => [.. Pictures.Sample("good-1.jpg"), .. new byte[SharedServer.MaxUploadBytes]],
        _ => [],
    };

    private Task AssertRefusedAsync(Form form, HttpStatusCode status, params string[] words) => Traces.AssertNoneAsync(
        Server, async () => await Problem.AssertAsync(await Server.PostFilesAsync(form), status, words));
}
