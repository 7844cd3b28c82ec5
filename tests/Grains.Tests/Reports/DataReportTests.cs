using System.Text;
using System.Text.Json;
using Chitti.Domain;
using Chitti.Reports;

namespace Chitti.Grains.Tests.Reports;

public class DataReportTests
{
    [Fact]
    public async Task WriteJson_Inspections_RoundTrip()
    {
        var item = ReportSamples.Item(indications: [ReportSamples.Indication(1), ReportSamples.Indication(2, "spur", Disposition.Accepted)]);
        using var json = JsonDocument.Parse(await ReportSamples.WriteAsync(
            ReportSamples.Document(item, ReportSamples.Unreadable("no data")), ReportFormat.Json));

        var items = json.RootElement.GetProperty("items");
        var read = items[0].GetProperty("inspection").Deserialize<Inspection>(ApiJson.Options)!;
        var expected = item.Inspection!;
        Assert.Equal(expected.Indications, read.Indications);
        Assert.Equal(expected.Gates, read.Gates);
        Assert.Equal(expected with { Indications = [], Gates = [] }, read with { Indications = [], Gates = [] });
        Assert.Equal("no data", items[1].GetProperty("error").GetString());
        Assert.Equal(JsonValueKind.Null, items[1].GetProperty("inspection").ValueKind);
    }

    [Fact]
    public async Task WriteJson_Head_HoldsDetailsSummaryAndProfiles()
    {
        using var json = JsonDocument.Parse(await ReportSamples.WriteAsync(
            ReportSamples.Document(ReportSamples.Item(indications: [ReportSamples.Indication(1)])), ReportFormat.Json));

        var report = json.RootElement.GetProperty("report");
        Assert.Equal(ReportSamples.Id, report.GetProperty("id").GetGuid());
        Assert.Equal(ReportSamples.FullDetails, report.GetProperty("details").Deserialize<ReportDetails>(ApiJson.Options));
        Assert.Equal(1, report.GetProperty("summary").GetProperty("fail").GetInt32());
        Assert.Equal("short", report.GetProperty("summary").GetProperty("classes")[0].GetProperty("class").GetString());
        Assert.Equal("bare-board", report.GetProperty("profiles")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task WriteCsv_Indications_GiveOneRowEachAndFilesWithoutOneRow()
    {
        var rows = await RowsAsync(
            ReportSamples.Item(indications: [ReportSamples.Indication(1), ReportSamples.Indication(2)]), ReportSamples.Item(Verdict.Pass),
            ReportSamples.Unreadable("no data"));

        Assert.Equal(5, rows.Count);
        Assert.Equal(["1", "2", "", ""], rows.Skip(1).Select(r => r[Array.IndexOf(rows[0], "number")]));
        Assert.Equal(["fail", "fail", "pass", ""], rows.Skip(1).Select(r => r[Array.IndexOf(rows[0], "verdict")]));
        Assert.Equal("no data", rows[4][Array.IndexOf(rows[0], "error")]);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
    }

    [Fact]
    public async Task WriteCsv_TextLikeAFormula_IsGuardedButNumbersAreNot()
    {
        var indication = ReportSamples.Indication(1) with { Box = new(-2.5f, 1, 3, 4) };
        var rows = await RowsAsync(ReportSamples.Item(name: "=HYPERLINK(0)", indications: [indication]) with { PartId = "@part" });

        Assert.Equal("'=HYPERLINK(0)", rows[1][Array.IndexOf(rows[0], "file_name")]);
        Assert.Equal("'@part", rows[1][Array.IndexOf(rows[0], "part_id")]);
        Assert.Equal("-2.5", rows[1][Array.IndexOf(rows[0], "x")]);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("+cmd", "'+cmd")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("part=7", "part=7")]
    [InlineData("", "")]
    public void Guard_Text_IsPrefixedOnlyWhereItWouldRun(string text, string expected) => Assert.Equal(expected, CsvCells.Guard(text));

    private static async Task<List<string[]>> RowsAsync(params ReportItem[] items)
    {
        var csv = Encoding.UTF8.GetString(await ReportSamples.WriteAsync(ReportSamples.Document(items), ReportFormat.Csv));
        return [.. csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
    }
}
