using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chitti.Tests;
using UglyToad.PdfPig;

namespace Chitti.Gateway.Tests;

/// <summary>Lists of inspections, and that no inspection leaves a count because its picture was deleted.</summary>
[Collection(OneServer.Name)]
public class InspectionListTests(SharedServer shared)
{
    private static int _batches;

    private TestServer Server => shared.Server;

    [Fact]
    public async Task DeleteFile_OfABatch_StaysInTheListAndItsReports()
    {
        var batch = NewBatch();
        var (kept, deleted) = await InspectTwoAsync(batch);
        using (var response = await Server.Http.DeleteAsync($"/api/files/{deleted.Id()}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }

        // The file is gone, its inspection is not.
        Assert.Equal([kept.Id()], (await ListAsync($"/api/files?batch_id={batch}")).Select(file => file.Id()));
        var listed = await ListAsync($"/api/inspections?batch_id={batch}");
        Assert.Equal([deleted.Id(), kept.Id()], listed.Select(inspection => inspection.GetProperty("file_id").GetGuid()));
        Assert.Equal(["local", null], listed.Select(inspection => inspection.Text("picture_deleted_by")));
        Assert.Equal([JsonValueKind.String, JsonValueKind.Null], listed.Select(inspection => inspection.GetProperty("picture_deleted_at").ValueKind));
        Assert.Equal(["open.jpg", "good.jpg"], listed.Select(inspection => inspection.Text("file_name")));
        var one = await Server.GetJsonAsync($"/api/inspections/{listed[0].Text("id")}");
        Assert.True(JsonElement.DeepEquals(listed[0], one));

        var report = await ReportAsync(new { batch_id = batch, format = "json" });
        using var json = JsonDocument.Parse(report);
        var summary = json.RootElement.GetProperty("report").GetProperty("summary");
        Assert.Equal((2, 1, 1), (summary.GetProperty("files").GetInt32(), summary.GetProperty("pass").GetInt32(), summary.GetProperty("fail").GetInt32()));
        Assert.Equal([null, "local"], Json.Items(json.RootElement).Select(item => item.Text("picture_deleted_by")));

        using var pdf = PdfDocument.Open(await ReportAsync(new { file_ids = new[] { deleted.Id() }, format = "pdf" }));
        Assert.Contains("Picturedeleted", string.Concat(pdf.GetPages().Select(page => page.Text)).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteFile_Twice_Is404()
    {
        var file = await Server.InspectAsync(Pictures.Sample("good-1.jpg"));
        using var first = await Server.Http.DeleteAsync($"/api/files/{file.Id()}");
        using var second = await Server.Http.DeleteAsync($"/api/files/{file.Id()}");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode));
        using var get = await Server.Http.GetAsync($"/api/files/{file.Id()}");
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
    }

    [Fact]
    public async Task GetInspections_Filters_GiveThoseThatMatch()
    {
        var batch = NewBatch();
        var (good, open) = await InspectTwoAsync(batch);
        foreach (var (filter, expected) in new (string, JsonElement[])[]
        {
            ("verdict=fail", [open]), ("verdict=review", []), ("class=open", [open]), ("class=short", []),
            ("profile_id=pcb-defects&model=pcb-defects", [open, good]), ("profile_id=another", []), ("model=another", []),
            ("part_id=p-1", [open, good]), ("part_id=p-2", []), ("from=2100-01-01", []), ("to=2100-01-01&from=2020-01-01", [open, good]),
        })
        {
            var listed = await ListAsync($"/api/inspections?batch_id={batch}&{filter}");
            Assert.True(expected.Select(file => file.Id()).SequenceEqual(listed.Select(each => each.GetProperty("file_id").GetGuid())), filter);
        }
    }

    [Fact]
    public async Task GetInspections_PageByPage_GivesEachOnce()
    {
        var batch = NewBatch();
        var (good, open) = await InspectTwoAsync(batch);

        var first = await Server.GetJsonAsync($"/api/inspections?batch_id={batch}&limit=1");
        var second = await Server.GetJsonAsync($"/api/inspections?batch_id={batch}&limit=1&cursor={first.Text("next_cursor")}");
        var end = await Server.GetJsonAsync($"/api/inspections?batch_id={batch}&limit=1&cursor={second.Text("next_cursor")}");

        Assert.Equal([open.Id(), good.Id()], new[] { first, second }.SelectMany(Json.Items).Select(each => each.GetProperty("file_id").GetGuid()));
        Assert.Empty(Json.Items(end));
        Assert.Null(end.Text("next_cursor"));
    }

    [Theory]
    [InlineData("verdict=good", "verdict")]
    [InlineData("profile_id=%20", "profile_id")]
    [InlineData("model=..%2F", "model")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=", "to")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("cursor=first", "cursor")]
    public async Task GetInspections_WrongValue_Is400(string query, string field)
    {
        using var response = await Server.Http.GetAsync($"/api/inspections?{query}");

        Assert.Equal([field], Json.Names((await Problem.AssertAsync(response, HttpStatusCode.BadRequest)).GetProperty("errors")));
    }

    private static string NewBatch() => $"inspections-{Interlocked.Increment(ref _batches)}";

    private async Task<(JsonElement Good, JsonElement Open)> InspectTwoAsync(string batch)
    {
        var items = await Server.AcceptAsync(new Form().Field("batch_id", batch).Field("part_id", "p-1")
            .File(Pictures.Sample("good-1.jpg"), "good.jpg").File(Pictures.Sample("open.jpg"), "open.jpg"));
        return (await Server.EndAsync(items[0].Id()), await Server.EndAsync(items[1].Id()));
    }

    private async Task<JsonElement[]> ListAsync(string path) => [.. Json.Items(await Server.GetJsonAsync(path))];

    private async Task<byte[]> ReportAsync(object request)
    {
        using var response = await Server.Http.PostAsJsonAsync("/api/reports", request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var id = (await Json.ReadAsync(response)).Id();
        await Eventually.GetAsync(() => Server.GetJsonAsync($"/api/reports/{id}"), report => report.Text("state") == "ready");
        return await Server.Http.GetByteArrayAsync($"/api/reports/{id}/content");
    }
}
