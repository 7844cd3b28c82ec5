using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>Altered bytes are never given for those that were uploaded: not inspected, not sent, not drawn, not in a report.</summary>
[Collection(OneServer.Name)]
public sealed class AlteredObjectTests(SharedServer shared)
{
    private const string Altered = "altered";

    private TestServer Server => shared.Server;

    [Fact]
    public async Task GetContent_AlteredBytes_Is500WithoutTagOrByte()
    {
        var file = await StoreAlteredAsync();

        foreach (var range in new RangeHeaderValue?[] { null, new(0, 99), new(null, 100), new(10, null) })
        {
            using var response = await GetAsync($"/api/files/{file}/content", headers => headers.Range = range);
            await Problem.AssertAsync(response, HttpStatusCode.InternalServerError, Altered);
            Assert.Null(response.Headers.ETag);
        }
    }

    [Fact]
    public async Task GetContent_ObjectOfAnotherFileInItsPlace_Is500()
    {
        var file = (await Server.InspectAsync(Pictures.Sample("open.jpg"))).Id();
        var other = (await Server.InspectAsync(Pictures.Sample("short.jpg"))).Id();
        File.Copy(PathOf(other, "original"), PathOf(file, "original"), overwrite: true);

        await Problem.AssertAsync(await GetAsync($"/api/files/{file}/content"), HttpStatusCode.InternalServerError, Altered);
    }

    [Fact]
    public async Task GetContent_EmptiedObject_Is500()
    {
        var file = (await Server.InspectAsync(Pictures.Sample("open.jpg"))).Id();
        File.WriteAllBytes(PathOf(file, "original"), []);

        await Problem.AssertAsync(await GetAsync($"/api/files/{file}/content"), HttpStatusCode.InternalServerError, Altered);
    }

    [Fact]
    public async Task GetContent_IfNoneMatchOfAlteredBytes_IsStill304()
    {
        var file = (await Server.InspectAsync(Pictures.Sample("open.jpg"))).Id();
        using var first = await GetAsync($"/api/files/{file}/content");
        Alter(file, "original");

        using var second = await GetAsync($"/api/files/{file}/content", headers => headers.IfNoneMatch.Add(first.Headers.ETag!));

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("thumbnail")]
    [InlineData("annotated")]
    public async Task GetRendition_OfAlteredBytes_Is500(string what)
    {
        var file = await StoreAlteredAsync();

        await Problem.AssertAsync(await GetAsync($"/api/files/{file}/{what}"), HttpStatusCode.InternalServerError, Altered);
    }

    [Theory]
    [InlineData("thumbnail")]
    [InlineData("annotated")]
    public async Task GetRendition_StoredPictureAltered_IsDrawnAnew(string what)
    {
        var file = (await Server.InspectAsync(Pictures.Sample("open.jpg"))).Id();
        var drawn = await Server.Http.GetByteArrayAsync($"/api/files/{file}/{what}");
        Alter(file, $"{what}.jpg");

        Assert.Equal(drawn, await Server.Http.GetByteArrayAsync($"/api/files/{file}/{what}"));

        // As 0.1.0 stored it, and one too short to hold a proof.
        foreach (var stored in new[] { drawn, [1, 2, 3] })
        {
            File.WriteAllBytes(PathOf(file, $"{what}.jpg"), stored);
            Assert.Equal(drawn, await Server.Http.GetByteArrayAsync($"/api/files/{file}/{what}"));
        }
    }

    [Theory]
    [InlineData("thumbnail")]
    [InlineData("annotated")]
    public async Task GetRendition_PictureOfAnotherFileInItsPlace_IsDrawnAnew(string what)
    {
        var file = (await Server.InspectAsync(Pictures.Sample("open.jpg"))).Id();
        var other = (await Server.InspectAsync(Pictures.Encode(300, 200, SKEncodedImageFormat.Png))).Id();
        var drawn = await Server.Http.GetByteArrayAsync($"/api/files/{file}/{what}");
        await Server.Http.GetByteArrayAsync($"/api/files/{other}/{what}");
        File.Copy(PathOf(other, $"{what}.jpg"), PathOf(file, $"{what}.jpg"), overwrite: true);

        Assert.Equal(drawn, await Server.Http.GetByteArrayAsync($"/api/files/{file}/{what}"));
    }

    [Fact]
    public async Task Upload_Metadata_LiesBesideTheBytes()
    {
        var item = Assert.Single(await Server.AcceptAsync(new Form().File(Pictures.Sample("open.jpg"), "board 1.jpg").Field("part_id", "P-7")));

        var metadata = JsonDocument.Parse(File.ReadAllText(PathOf(item.Id(), "metadata.json"))).RootElement;

        Assert.Equal(("board 1.jpg", "P-7", item.Text("sha256")), (metadata.Text("name"), metadata.Text("part_id"), metadata.Text("sha256")));
        Assert.Equal("pcb-defects", metadata.GetProperty("profile").Text("id"));
    }

    private async Task<Guid> StoreAlteredAsync()
    {
        var file = (await Server.InspectAsync(Pictures.Sample("open.jpg"))).Id();
        Alter(file, "original");
        return file;
    }

    private void Alter(Guid file, string name) => StoredFiles.Alter(PathOf(file, name));

    private string PathOf(Guid file, string name) =>
        Path.Combine(Server.DataPath, "objects", Storage.FileObjects.Beside(StoredFiles.KeyOf(file), name));

    private async Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestHeaders>? set = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        set?.Invoke(request.Headers);
        return await Server.Http.SendAsync(request);
    }
}
