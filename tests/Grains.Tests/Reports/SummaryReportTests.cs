using Chitti.Domain;
using Chitti.Reports;

namespace Chitti.Grains.Tests.Reports;

public class SummaryReportTests
{
    private static readonly ReportDocument _document = ReportSamples.Document(
        ReportSamples.Item(Verdict.Fail, name: "failed.jpg", indications: [ReportSamples.Indication(1), ReportSamples.Indication(2, "spur", Disposition.Accepted)]),
        ReportSamples.Item(Verdict.Pass, name: "clean.jpg"),
        ReportSamples.Item(Verdict.Pass, name: "accepted.jpg", indications: [ReportSamples.Indication(1, "spur", Disposition.Accepted)]),
        ReportSamples.Item(Verdict.Review, name: "doubtful.jpg", indications: [ReportSamples.Indication(1, "spur", Disposition.Review), ReportSamples.Indication(2, "dust", Disposition.Ignored)]),
        ReportSamples.Unreadable("unexpected end of data"));

    [Fact]
    public void From_AllVerdicts_CountsFilesAndIndications()
    {
        var summary = ReportSummary.From(_document.Items.Select(i => i.Inspection));

        Assert.Equal((5, 2, 1, 1, 1, 0.4), (summary.Files, summary.Pass, summary.Fail, summary.Review, summary.Unreadable, summary.Yield));
        Assert.Equal(
            [new("short", Severity.Critical, 1, 1, 0, 0, 0), new("spur", Severity.Minor, 3, 0, 1, 2, 0), new("dust", null, 1, 0, 0, 0, 1)], summary.Classes);
    }

    [Fact]
    public async Task Write_ManyFiles_BeginsWithTheSummaryAndListsFailuresApart()
    {
        var text = new PdfText(await ReportSamples.WriteAsync(_document, ReportFormat.Pdf));

        Assert.Contains(PdfText.Squeeze("5 FILES 40.0 % YIELD 2 PASS 1 FAIL 1 REVIEW 1 NOT INSPECTED"), text[0], StringComparison.Ordinal);
        Assert.Contains(PdfText.Squeeze("short critical 1 1 0 0 0"), text[0], StringComparison.Ordinal);
        Assert.Contains(PdfText.Squeeze("spur minor 3 0 1 2 0"), text[0], StringComparison.Ordinal);
        Assert.Contains(PdfText.Squeeze("3, 0 rejected · minor"), text[0], StringComparison.Ordinal);
        Assert.Contains(PdfText.Squeeze("dust not judged 1 0 0 0 1"), text[0], StringComparison.Ordinal);
        string[] headings =
        [
            "Failures (1)", "failed.jpg", "For review by a person (1)", "doubtful.jpg", "Could not be inspected (1)", "broken.jpg",
            "Passes with accepted or ignored indications (1)", "accepted.jpg", "Passes without indications (1)", "clean.jpg", "End of report",
        ];
        var at = headings.Select(h => text.All.IndexOf(PdfText.Squeeze(h), StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, at);
        Assert.Equal(at.Order(), at);
    }

    [Fact]
    public async Task Write_ManyFiles_ListsLeadToThePageOfEachFile()
    {
        var text = new PdfText(await ReportSamples.WriteAsync(_document, ReportFormat.Pdf));

        var section = Enumerable.Range(0, text.Count).Single(p => text[p].Contains("file1of5", StringComparison.Ordinal));
        Assert.True(text.Contains($"confidence 0.875. page {section + 1}"));
    }

    [Fact]
    public async Task Write_OneProfileVersion_PrintsItsCriteriaOnce()
    {
        var text = new PdfText(await ReportSamples.WriteAsync(_document, ReportFormat.Pdf));

        Assert.Equal(1, text.Occurrences("Acceptance criteria: Bare board (bare-board, version 3)"));
    }
}
