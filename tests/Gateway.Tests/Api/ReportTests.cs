using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chitti.Grains;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace Chitti.Gateway.Tests;

[Collection(OneServer.Name)]
public partial class ReportTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task PostReports_Pdf_CoversTheFiles()
    {
        var good = await shared.InspectedAsync("good-1.jpg");
        var open = await shared.InspectedAsync("open.jpg");
        var report = await Server.RequestReportAsync(new
        {
            file_ids = new[] { good.Id(), open.Id() },
            format = "pdf",
            title = "Report of the test",
            customer = "Müller & Söhne",
            lot = "L-4711",
            @operator = "A. Tester",
        });

        using var response = await Server.ReportContentAsync(report);

        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"chitti-report-{report}.pdf", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        using var pdf = PdfDocument.Open(await response.Content.ReadAsByteArrayAsync());
        var text = string.Join('\n', pdf.GetPages().Select(page => page.Text));
        Assert.All(
            ["Report of the test", "Müller & Söhne", "L-4711", "A. Tester", "good-1.jpg", "open.jpg", report.ToString(), open.GetProperty("inspection").GetProperty("model").Text("version")!],
            stated => Assert.Contains(stated.Replace(" ", ""), text.Replace(" ", ""), StringComparison.Ordinal));
    }

    [Fact]
    public async Task PostReports_Json_HoldsTheInspections()
    {
        var open = await shared.InspectedAsync("open.jpg");
        using var response = await Server.ReportContentAsync(await Server.RequestReportAsync(new { file_ids = new[] { open.Id() }, format = "json" }));

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var report = await Json.ReadAsync(response);
        var item = Assert.Single(Json.Items(report));
        Assert.True(JsonElement.DeepEquals(open.GetProperty("inspection"), item.GetProperty("inspection")));
        Assert.Equal("open.jpg", item.Text("file_name"));
        Assert.Equal(1, report.GetProperty("report").GetProperty("summary").GetProperty("fail").GetInt32());
    }

    [Fact]
    public async Task PostReports_Csv_HasOneRowPerIndication()
    {
        var three = await shared.InspectedAsync("three-defects.jpg");
        using var response = await Server.ReportContentAsync(await Server.RequestReportAsync(new { file_ids = new[] { three.Id() }, format = "csv" }));

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(Cells).ToArray();
        var (file, name) = (Array.IndexOf(lines[0], "file_id"), Array.IndexOf(lines[0], "class"));
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        var rows = lines[1..].Select(line => (File: line[file], Class: line[name])).ToArray();
        Assert.All(rows, row => Assert.Equal(three.Id().ToString(), row.File));
        Assert.Equal(
            three.GetProperty("inspection").GetProperty("indications").EnumerateArray().Select(indication => indication.Text("class")),
            rows.Select(row => row.Class));
    }

    [Fact]
    public async Task PostReports_Batch_CoversItsFilesInOrder()
    {
        var items = await Server.AcceptAsync(new Form().Field("batch_id", "report batch")
            .File(Pictures.Sample("good-1.jpg"), "a.jpg").File(Pictures.Truncated(Pictures.Sample("good-2.jpg")), "b.jpg").File(Pictures.Sample("open.jpg"), "c.jpg"));
        foreach (var item in items)
        {
            await Server.EndAsync(item.Id());
        }

        using var response = await Server.ReportContentAsync(await Server.RequestReportAsync(new { batch_id = "report batch", format = "json" }));

        var reported = Json.Items(await Json.ReadAsync(response));
        Assert.Equal(["a.jpg", "b.jpg", "c.jpg"], reported.Select(item => item.Text("file_name")));
        Assert.Contains("ends before", reported[1].Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostReports_Accepted_GivesItsLocation()
    {
        var file = await shared.InspectedAsync("good-1.jpg");
        using var response = await Server.Http.PostAsJsonAsync("/api/reports", new { file_ids = new[] { file.Id() }, format = "json" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var report = await Json.ReadAsync(response);
        var self = $"/api/reports/{report.Id()}";
        Assert.Equal(self, response.Headers.Location!.OriginalString);
        Assert.Equal(["id", "format", "state", "error", "file_count", "created_at", "completed_at", "links"], Json.Names(report));
        Assert.Equal(self, report.GetProperty("links").Text("self"));
        Assert.Equal($"{self}/content", report.GetProperty("links").Text("content"));
        await Server.ReportReadyAsync(report.Id());
    }

    [Fact]
    public async Task GetReportContent_StillBeingWritten_Is409()
    {
        var file = await shared.InspectedAsync("good-1.jpg");
        var written = new TaskCompletionSource<bool>();
        var queue = Server.Services.GetRequiredKeyedService<CpuQueue>(CpuQueue.Reports);
        var other = queue.RunAsync(() => written.Task, CancellationToken.None);
        Guid report;
        try
        {
            // Reports are written one at a time, and another one is being written.
            report = await Server.RequestReportAsync(new { file_ids = new[] { file.Id() }, format = "csv" });

            var early = await Server.Http.GetAsync($"/api/reports/{report}/content");

            Assert.NotNull(early.Headers.RetryAfter);
            await Problem.AssertAsync(early, HttpStatusCode.Conflict, "still being written");
        }
        finally
        {
            written.SetResult(true);
            await other;
        }

        using var content = await Server.ReportContentAsync(report);
        Assert.Equal(HttpStatusCode.OK, content.StatusCode);
    }

    [Fact]
    public async Task GetReportContent_IfNoneMatch_Is304()
    {
        var file = await shared.InspectedAsync("good-1.jpg");
        var report = await Server.RequestReportAsync(new { file_ids = new[] { file.Id() }, format = "csv" });
        using var first = await Server.ReportContentAsync(report);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/reports/{report}/content");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await Server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("""{"format":"pdf"}""", "file_ids")]
    [InlineData("""{"file_ids":[],"format":"pdf"}""", "file_ids")]
    [InlineData("""{"file_ids":["019a0000-0000-7000-8000-000000000000"],"format":"pdf"}""", "file_ids")]
    [InlineData("""{"file_ids":["019a0000-0000-7000-8000-000000000000","019a0000-0000-7000-8000-000000000000"],"format":"pdf"}""", "file_ids")]
    [InlineData("""{"file_ids":["x"],"format":"pdf"}""", "file_ids[0]")]
    [InlineData("""{"batch_id":"no such batch","format":"pdf"}""", "batch_id")]
    [InlineData("""{"batch_id":"","format":"pdf"}""", "batch_id")]
    [InlineData("""{"batch_id":"x","file_ids":["019a0000-0000-7000-8000-000000000000"],"format":"pdf"}""", "file_ids")]
    [InlineData("""{"batch_id":"x","format":"docx"}""", "format")]
    [InlineData("""{"batch_id":"x"}""", "format")]
    [InlineData("""{"batch_id":"x","format":"pdf","colour":"red"}""", "colour")]
    public async Task PostReports_WrongField_NamesIt(string body, string field)
    {
        var problem = await Problem.AssertAsync(
            await Server.Http.PostAsync("/api/reports", Form.Content(Encoding.UTF8.GetBytes(body), "application/json")), HttpStatusCode.BadRequest);

        Assert.NotEmpty(Problem.Error(problem, field));
    }

    [Fact]
    public async Task PostReports_LongText_SaysHowLongItMayBe()
    {
        var problem = await Problem.AssertAsync(
            await Server.Http.PostAsJsonAsync("/api/reports", new { batch_id = "x", format = "pdf", site_name = new string('x', 201) }),
            HttpStatusCode.BadRequest);

        Assert.Contains("200", Problem.Error(problem, "site_name"), StringComparison.Ordinal);
    }

    private static string[] Cells(string line) => [.. Cell().Matches(line).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("(?:^|,)(\"(?:[^\"]|\"\")*\"|[^,]*)")]
    private static partial Regex Cell();
}
