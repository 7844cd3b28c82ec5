using System.Net;
using System.Text.Json;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

[Collection(OneServer.Name)]
public class FileListTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task ListFiles_ByCursor_GivesEachOnceNewestFirst()
    {
        var ids = await UploadAsync("by cursor", 8);

        var pages = await ReadPagesAsync("/api/files?batch_id=by%20cursor&limit=3");

        Assert.Equal([3, 3, 2], pages.Select(page => page.Length));
        Assert.Equal(ids.Reverse(), pages.SelectMany(page => page));
    }

    [Fact]
    public async Task ListFiles_FullLastPage_EndsWithAnEmptyOne()
    {
        var ids = await UploadAsync("full pages", 4);

        var pages = await ReadPagesAsync("/api/files?batch_id=full%20pages&limit=2");

        Assert.Equal(ids.Reverse(), pages.SelectMany(page => page));
        Assert.Equal([2, 2, 0], pages.Select(page => page.Length));
    }

    [Fact]
    public async Task ListFiles_UploadsInBetween_DoNotShiftThePages()
    {
        var ids = await UploadAsync("shifting", 4);
        var first = await Server.GetJsonAsync("/api/files?batch_id=shifting&limit=2");
        await UploadAsync("shifting", 3);

        var second = await Server.GetJsonAsync($"/api/files?batch_id=shifting&limit=2&cursor={first.Text("next_cursor")}");

        Assert.Equal(ids.Reverse(), Ids(first).Concat(Ids(second)));
    }

    [Theory]
    [InlineData("verdict=pass", "good-1.jpg")]
    [InlineData("verdict=fail", "three-defects.jpg", "open.jpg")]
    [InlineData("verdict=review")]
    [InlineData("class=open", "three-defects.jpg", "open.jpg")]
    [InlineData("class=pin_hole", "three-defects.jpg")]
    [InlineData("class=none-such")]
    [InlineData("state=completed", "three-defects.jpg", "open.jpg", "good-1.jpg")]
    [InlineData("state=failed", "damaged.jpg")]
    [InlineData("state=queued")]
    [InlineData("part_id=A-1", "open.jpg", "good-1.jpg")]
    [InlineData("part_id=A-1&verdict=fail&class=open&state=completed", "open.jpg")]
    public async Task ListFiles_Filter_GivesTheMatchingFiles(string filter, params string[] names)
    {
        var batch = await FilterBatchAsync();

        var page = await Server.GetJsonAsync($"/api/files?batch_id={batch}&{filter}");

        Assert.Equal(names, Json.Items(page).Select(item => item.Text("name")));
    }

    [Fact]
    public async Task ListFiles_FromAndTo_BoundTheTimeOfAcceptance()
    {
        var batch = await FilterBatchAsync();
        var all = Json.Items(await Server.GetJsonAsync($"/api/files?batch_id={batch}"));
        var time = all[0].Text("created_at")!;

        var from = await Server.GetJsonAsync($"/api/files?batch_id={batch}&from={Uri.EscapeDataString(time)}");
        var to = await Server.GetJsonAsync($"/api/files?batch_id={batch}&to={Uri.EscapeDataString(time)}");
        var always = await Server.GetJsonAsync($"/api/files?batch_id={batch}&to=9999-12-31T23:59:59.9999999Z");
        var future = await Server.GetJsonAsync($"/api/files?batch_id={batch}&from=2999-01-01");

        var newest = all.Where(item => item.Text("created_at") == time).Select(Json.Id).ToArray();
        Assert.Equal(newest, Ids(from));
        Assert.Equal(all.Select(Json.Id).Except(newest), Ids(to));
        Assert.Equal(all.Select(Json.Id), Ids(always));
        Assert.Empty(Ids(future));
    }

    [Fact]
    public async Task ListFiles_Item_HasEveryFieldOfTheContract()
    {
        var batch = await FilterBatchAsync();

        var item = Json.Items(await Server.GetJsonAsync($"/api/files?batch_id={batch}&verdict=pass"))[0];

        Assert.Equal(
            ["id", "name", "size", "sha256", "media_type", "width", "height", "state", "error", "profile", "part_id", "batch_id", "created_at", "completed_at", "inspection_id", "verdict", "links"],
            Json.Names(item));
        var file = await Server.GetJsonAsync(item.GetProperty("links").Text("self")!);
        Assert.Equal(file.GetProperty("inspection").Id(), item.GetProperty("inspection_id").GetGuid());
        Assert.Equal(file.Text("created_at"), item.Text("created_at"));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("cursor=", "cursor")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=!!!!!!!!!!!!!!!!!!!!!!", "cursor")]
    [InlineData("state=done", "state")]
    [InlineData("state=processing", "state")]
    [InlineData("verdict=good", "verdict")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=12", "to")]
    [InlineData("part_id=", "part_id")]
    public async Task ListFiles_WrongParameter_NamesIt(string query, string field)
    {
        var problem = await Problem.AssertAsync(await Server.Http.GetAsync($"/api/files?{query}"), HttpStatusCode.BadRequest);

        Assert.NotEmpty(Problem.Error(problem, field));
    }

    [Fact]
    public async Task ListFiles_ManyWrongParameters_NamesThemAll()
    {
        var problem = await Problem.AssertAsync(
            await Server.Http.GetAsync("/api/files?limit=0&state=done&from=x&cursor=x"), HttpStatusCode.BadRequest, "queued, completed, failed");

        Assert.Equal(["state", "limit", "cursor", "from"], Json.Names(problem.GetProperty("errors")));
    }

    private async Task<string> FilterBatchAsync()
    {
        var batch = $"filter-{Guid.NewGuid():N}";
        var items = await Server.AcceptAsync(new Form().Field("batch_id", batch).Field("part_id", "A-1")
            .File(Pictures.Sample("good-1.jpg"), "good-1.jpg").File(Pictures.Sample("open.jpg"), "open.jpg"));
        var others = await Server.AcceptAsync(new Form().Field("batch_id", batch)
            .File(Pictures.Sample("three-defects.jpg"), "three-defects.jpg").File(Pictures.Truncated(Pictures.Sample("spur.jpg")), "damaged.jpg"));
        foreach (var item in items.Concat(others))
        {
            await Server.EndAsync(item.Id());
        }

        await Eventually.GetAsync(() => Server.GetJsonAsync($"/api/files?batch_id={batch}&state=queued"), page => Ids(page).Length == 0);
        return batch;
    }

    private async Task<Guid[]> UploadAsync(string batch, int count)
    {
        var form = new Form().Field("batch_id", batch);
        for (var i = 0; i < count; i++)
        {
            form.File(Pictures.Encode(16, 16, SKEncodedImageFormat.Png));
        }

        return [.. (await Server.AcceptAsync(form)).Select(Json.Id)];
    }

    private async Task<List<Guid[]>> ReadPagesAsync(string path)
    {
        var pages = new List<Guid[]>();
        string? cursor = null;
        do
        {
            var page = await Server.GetJsonAsync(cursor is null ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}");
            pages.Add(Ids(page));
            cursor = page.Text("next_cursor");
        }
        while (cursor is not null);
        return pages;
    }

    private static Guid[] Ids(JsonElement page) => [.. Json.Items(page).Select(Json.Id)];
}
