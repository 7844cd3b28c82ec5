using System.Net;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>Faults that only decoding finds: the upload is accepted, and the file ends as failed with the reason.</summary>
[Collection(OneServer.Name)]
public class DamagedImageTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Theory]
    [InlineData("truncated jpeg", "ends before")]
    [InlineData("truncated png", "ends before")]
    [InlineData("png of wrong crc", "damaged")]
    public async Task PostFiles_DamagedPixels_EndsAsFailedWithPlainReason(string image, string says)
    {
        var file = await Server.InspectAsync(Make(image));

        Assert.Equal("failed", file.GetProperty("state").GetString());
        var error = file.GetProperty("error").GetString()!;
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error, StringComparison.Ordinal);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, file.GetProperty("completed_at").ValueKind);
    }

    [Fact]
    public async Task PostFiles_DamagedAmongValidImages_FailsAlone()
    {
        var items = await Server.AcceptAsync(new Form()
            .File(Pictures.Sample("good-1.jpg")).File(Pictures.Truncated(Pictures.Sample("good-2.jpg"))).File(Pictures.Sample("open.jpg")));

        var states = new List<string?>();
        foreach (var item in items)
        {
            states.Add((await Server.EndAsync(item.GetProperty("id").GetGuid())).GetProperty("state").GetString());
        }

        Assert.Equal(["completed", "failed", "completed"], states);
    }

    [Fact]
    public async Task PostFiles_AnimationOf20000Frames_IsRefused()
    {
        using var response = await Server.Http.PostAsync("/api/files", new Form().File(Pictures.AnimatedWebP(20_000), "film.webp").ToContent());

        await Problem.AssertAsync(response, HttpStatusCode.UnprocessableEntity, "film.webp", "send one picture per file");
    }

    [Fact]
    public async Task PostFiles_WrongExif_IsInspected()
    {
        var file = await Server.InspectAsync(Pictures.JpegOfWrongExif());

        Assert.Equal("completed", file.GetProperty("state").GetString());
        Assert.Equal("pass", file.GetProperty("inspection").GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\\\..\\\\windows\\\\system.ini", "system.ini")]
    [InlineData("/", "unnamed")]
    [InlineData("..", "unnamed")]
    [InlineData("", "unnamed")]
    public async Task PostFiles_NameIsPath_KeepsTheLastSegment(string given, string kept)
    {
        var item = Assert.Single(await Server.AcceptAsync(new Form().File(Pictures.Encode(16, 16, SKEncodedImageFormat.Png), given)));

        Assert.Equal(kept, item.GetProperty("name").GetString());
    }

    [Fact]
    public async Task PostFiles_NameOf4000Characters_IsCutBeforeItsExtension()
    {
        var item = Assert.Single(await Server.AcceptAsync(
            new Form().File(Pictures.Encode(16, 16, SKEncodedImageFormat.Png), new string('n', 4_000) + ".png")));

        var name = item.GetProperty("name").GetString()!;
        Assert.Equal(255, name.Length);
        Assert.EndsWith("n.png", name, StringComparison.Ordinal);
    }

    private static byte[] Make(string image) => image switch
    {
        "truncated jpeg" => Pictures.Truncated(Pictures.Sample("good-1.jpg")),
        "truncated png" => Pictures.Truncated(Pictures.SampleAsPng("good-1.jpg")),
        _ => Pictures.PngOfWrongCrc(),
    };
}
