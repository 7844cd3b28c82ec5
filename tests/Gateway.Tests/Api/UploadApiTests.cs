using System.Net;
using System.Security.Cryptography;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

[Collection(OneServer.Name)]
public class UploadApiTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task PostFiles_OneFile_GivesItsPlaceAndLinks()
    {
        var image = Pictures.Sample("good-1.jpg");
        using var response = await Server.PostFilesAsync(new Form().File(image, "board 1.jpg"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var item = Assert.Single(await Json.ItemsAsync(response));
        var self = $"/api/files/{item.GetProperty("id").GetGuid()}";
        Assert.Equal(self, response.Headers.Location!.OriginalString);
        Assert.Equal(["id", "name", "size", "sha256", "state", "links"], Json.Names(item));
        Assert.Equal("board 1.jpg", item.GetProperty("name").GetString());
        Assert.Equal(image.Length, item.GetProperty("size").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(image)), item.GetProperty("sha256").GetString());
        Assert.Equal("queued", item.GetProperty("state").GetString());
        var links = item.GetProperty("links");
        Assert.Equal(
            [self, $"{self}/content", $"{self}/thumbnail", $"{self}/annotated"],
            new[] { "self", "content", "thumbnail", "annotated" }.Select(link => links.GetProperty(link).GetString()!));
        Assert.Equal(7, item.GetProperty("id").GetGuid().Version);
    }

    [Fact]
    public async Task PostFiles_ManyFiles_KeepsTheirOrderAndGivesNoLocation()
    {
        var form = new Form();
        for (var i = 1; i <= 20; i++)
        {
            form.File(Pictures.Encode(16 + i, 16, SKEncodedImageFormat.Png), $"{i}.png");
        }

        using var response = await Server.PostFilesAsync(form);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Equal(
            Enumerable.Range(1, 20).Select(i => $"{i}.png"),
            (await Json.ItemsAsync(response)).Select(item => item.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task PostFiles_Exactly100Parts_IsAccepted()
    {
        var form = new Form();
        for (var i = 0; i < 100; i++)
        {
            form.File(Pictures.Encode(16, 16, SKEncodedImageFormat.Jpeg));
        }

        Assert.Equal(100, (await Server.AcceptAsync(form)).Length);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Png, "image/png")]
    [InlineData(SKEncodedImageFormat.Webp, "image/webp")]
    public async Task PostFiles_Format_IsDetectedFromTheBytesNotTheName(SKEncodedImageFormat format, string mediaType)
    {
        var file = await Server.InspectAsync(Pictures.Encode(600, 500, format), "picture.bin");

        Assert.Equal("completed", file.GetProperty("state").GetString());
        Assert.Equal(mediaType, file.GetProperty("media_type").GetString());
        Assert.Equal((600, 500), (file.GetProperty("width").GetInt32(), file.GetProperty("height").GetInt32()));
    }

    [Fact]
    public async Task PostFiles_Fields_AreKeptWithTheFile()
    {
        var item = Assert.Single(await Server.AcceptAsync(new Form()
            .Field("profile_id", "pcb-defects").Field("part_id", "Teil Ä-1 \"x\"").File(Pictures.Sample("good-1.jpg")).Field("batch_id", "fields kept")));
        var file = await Server.GetJsonAsync(item.GetProperty("links").GetProperty("self").GetString()!);

        Assert.Equal("Teil Ä-1 \"x\"", file.GetProperty("part_id").GetString());
        Assert.Equal("fields kept", file.GetProperty("batch_id").GetString());
        Assert.Equal("pcb-defects", file.GetProperty("profile").GetProperty("id").GetString());
        Assert.Equal(1, file.GetProperty("profile").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task PostFiles_SameImageTwice_MakesTwoFiles()
    {
        var image = Pictures.Encode(16, 16, SKEncodedImageFormat.Png);
        Assert.NotEqual(await Server.AcceptAsync(image), await Server.AcceptAsync(image));
    }
}
