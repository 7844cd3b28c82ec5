using System.Net;
using System.Net.Http.Headers;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

[Collection(OneServer.Name)]
public class FileContentTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task GetContent_Whole_GivesTheBytesAsSent()
    {
        var file = await shared.InspectedAsync("open.jpg");
        using var response = await Server.Http.GetAsync($"/api/files/{file.Id()}/content");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"\"{file.Text("sha256")}\"", response.Headers.ETag!.Tag);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("bytes", Assert.Single(response.Headers.AcceptRanges));
        Assert.True(response.Headers.CacheControl is { Private: true, NoCache: true });
        Assert.Equal(Pictures.Sample("open.jpg"), await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("content")]
    [InlineData("thumbnail")]
    [InlineData("annotated")]
    public async Task GetBytes_IfNoneMatch_Is304(string what)
    {
        var path = $"/api/files/{(await shared.InspectedAsync("open.jpg")).Id()}/{what}";
        using var first = await Server.Http.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await Server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task GetContent_OtherTag_GivesTheBytes()
    {
        using var response = await GetAsync(headers => headers.IfNoneMatch.Add(new("\"other\"")));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(0L, 99L)]
    [InlineData(1000L, 1000L)]
    [InlineData(40_000L, null)]
    [InlineData(null, 500L)]
    public async Task GetContent_Range_Is206(long? from, long? to)
    {
        var whole = Pictures.Sample("open.jpg");
        using var response = await GetAsync(headers => headers.Range = new(from, to));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        var expected = from is null ? whole[^(int)to!.Value..] : whole[(int)from..(int)Math.Min(whole.Length, (to ?? whole.Length) + 1)];
        Assert.Equal(expected, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(whole.Length, response.Content.Headers.ContentRange!.Length);
    }

    [Fact]
    public async Task GetContent_RangeBeyondTheEnd_Is416()
    {
        var file = await shared.InspectedAsync("open.jpg");
        using var response = await GetAsync(headers => headers.Range = new(10_000_000, 10_000_001));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal(file.GetProperty("size").GetInt64(), response.Content.Headers.ContentRange!.Length);
    }

    [Theory]
    [InlineData("content", "lines=1-2")]
    [InlineData("content", "none")]
    [InlineData("content", "items=0-5, bytes=0-5")]
    [InlineData("thumbnail", "pixels=0-99")]
    [InlineData("annotated", "seconds=1-")]
    public async Task GetBytes_RangeOfAnotherUnit_IsIgnored(string what, string range)
    {
        var path = $"/api/files/{(await shared.InspectedAsync("open.jpg")).Id()}/{what}";
        var whole = await Server.Http.GetByteArrayAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Range", range);

        using var response = await Server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(response.Content.Headers.ContentRange);
        Assert.Equal(whole, await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=0-99")]
    [InlineData("bytes=10000000-")]
    public async Task HeadContent_Range_IsIgnored(string range)
    {
        var file = await shared.InspectedAsync("open.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/api/files/{file.Id()}/content");
        request.Headers.TryAddWithoutValidation("Range", range);

        using var response = await Server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(file.GetProperty("size").GetInt64(), response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("board \\\"7\\\".png", "board \"7\".png")]
    [InlineData("Leiterplatte-Ä-日本.png", "Leiterplatte-Ä-日本.png")]
    [InlineData("semi;colon, percent%41.png", "semi;colon, percent%41.png")]
    [InlineData("<script>.png", "<script>.png")]
    public async Task GetContent_UnusualName_IsSentSafely(string sent, string name)
    {
        var item = Assert.Single(await Server.AcceptAsync(new Form().File(Pictures.Encode(16, 16, SKEncodedImageFormat.Png), sent)));
        Assert.Equal(name, item.Text("name"));

        using var response = await Server.Http.GetAsync(item.GetProperty("links").Text("content"));

        var raw = Assert.Single(response.Content.Headers.GetValues("Content-Disposition"));
        Assert.StartsWith("attachment;", raw, StringComparison.Ordinal);
        Assert.All(raw, character => Assert.InRange(character, ' ', '~'));
        Assert.Equal(name, ContentDispositionHeaderValue.Parse(raw).FileNameStar);
    }

    [Fact]
    public async Task GetContent_NameWithLineBreak_CannotAddAHeader()
    {
        var form = new Form().Part(
            "form-data; name=\"file\"; filename*=UTF-8''evil%0D%0ASet-Cookie%3A%20a%3Db.png", Pictures.Encode(16, 16, SKEncodedImageFormat.Png));
        var item = Assert.Single(await Server.AcceptAsync(form));
        Assert.Equal("evilSet-Cookie: a=b.png", item.Text("name"));

        using var response = await Server.Http.GetAsync(item.GetProperty("links").Text("content"));

        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task GetThumbnail_Landscape_Is320Wide()
    {
        var file = await Server.InspectAsync(Pictures.Encode(1600, 800, SKEncodedImageFormat.Png));

        var bytes = await Server.Http.GetByteArrayAsync($"/api/files/{file.Id()}/thumbnail");

        Assert.Equal((320, 160, SKEncodedImageFormat.Jpeg), Pictures.Measure(bytes));
    }

    [Fact]
    public async Task GetAnnotated_Defects_IsDrawnAtFullSize()
    {
        var file = await shared.InspectedAsync("three-defects.jpg");
        using var response = await Server.Http.GetAsync($"/api/files/{file.Id()}/annotated");

        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(response.Headers.ETag);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal((640, 640, SKEncodedImageFormat.Jpeg), Pictures.Measure(bytes));
        Assert.True(IsChangedAlong(bytes, file.GetProperty("inspection").GetProperty("indications")[0].GetProperty("box")));
    }

    [Theory]
    [InlineData("annotated")]
    [InlineData("thumbnail")]
    public async Task GetRendition_OfDamagedImage_Is422(string what)
    {
        var file = await Server.InspectAsync(Pictures.Truncated(Pictures.Sample("spur.jpg")));

        await Problem.AssertAsync(await Server.Http.GetAsync($"/api/files/{file.Id()}/{what}"), HttpStatusCode.UnprocessableEntity, "ends before");
    }

    // The samples are black and green: along the box some pixels must differ from the original.
    private static bool IsChangedAlong(byte[] annotated, System.Text.Json.JsonElement box)
    {
        using var before = SKBitmap.Decode(Pictures.Sample("three-defects.jpg"));
        using var after = SKBitmap.Decode(annotated);
        var y = (int)box.GetProperty("y").GetDouble();
        var left = (int)box.GetProperty("x").GetDouble();
        var changed = Enumerable.Range(left, (int)box.GetProperty("width").GetDouble()).Count(x => Enumerable.Range(y - 2, 5).Any(
            line => Math.Abs(before.GetPixel(x, line).Red - after.GetPixel(x, line).Red)
                + Math.Abs(before.GetPixel(x, line).Green - after.GetPixel(x, line).Green)
                + Math.Abs(before.GetPixel(x, line).Blue - after.GetPixel(x, line).Blue) > 150));
        return changed > box.GetProperty("width").GetDouble() / 2;
    }

    private async Task<HttpResponseMessage> GetAsync(Action<HttpRequestHeaders> set)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/files/{(await shared.InspectedAsync("open.jpg")).Id()}/content");
        set(request.Headers);
        return await Server.Http.SendAsync(request);
    }
}
