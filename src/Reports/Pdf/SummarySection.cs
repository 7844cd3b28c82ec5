using System.Globalization;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>Totals over all files.</summary>
internal static class SummarySection
{
    private static readonly IReadOnlyList<Column> _columns =
    [
        new("Class", 171.28f), new("Severity", 70), new("Indications", 60, Right: true), new("Rejected", 52, Right: true),
        new("Review", 52, Right: true), new("Accepted", 54, Right: true), new("Ignored", 52, Right: true),
    ];

    public static void Write(Composition composition)
    {
        var summary = composition.Summary;
        composition.Heading("Summary", 110);
        composition.Flow.Add(new SummaryTiles(summary));
        composition.Flow.Space(4);
        composition.Paragraph(
            $"Yield = files with verdict pass / all files of this report = {summary.Pass} / {summary.Files} = {ReportText.Percent(summary.Yield)}. "
            + "Files for review and files that could not be inspected count as not passed.", TextStyle.Label);
        WriteClasses(composition, summary);
        composition.Heading("Identification", 60);
    }

    private static void WriteClasses(Composition composition, ReportSummary summary)
    {
        composition.Heading("Indications by class and severity", 60);
        if (summary.Classes.Count == 0)
        {
            composition.Paragraph("No indication was recorded.");
            return;
        }
        composition.Table(_columns, [
            .. summary.Classes.Select(count => Row(count, TextStyle.Body)),
            .. summary.Classes.GroupBy(c => c.Severity).OrderByDescending(g => g.Key).Select(g => Row(Total(g.Key, [.. g]), TextStyle.Strong))]);
        composition.Flow.Space(8);
        var largest = summary.Classes.Max(c => c.Indications);
        composition.Flow.Add(new TextBlock(["Number of indications; the filled part was rejected"], TextStyle.Label), BarRow.RowHeight);
        composition.Flow.Space(2);
        foreach (var count in summary.Classes)
        {
            composition.Flow.Add(new BarRow(composition.Typesetter.Fit(count.Class, TextStyle.Body, BarRow.NameWidth), count, largest));
        }
    }

    private static ReportSummary.ClassCount Total(Severity? severity, IReadOnlyList<ReportSummary.ClassCount> counts) => new(
        $"All {(severity is null ? "not judged" : ApiJson.Word(severity.Value))}", severity, counts.Sum(c => c.Indications),
        counts.Sum(c => c.Rejected), counts.Sum(c => c.Review), counts.Sum(c => c.Accepted), counts.Sum(c => c.Ignored));

    private static Cell[] Row(ReportSummary.ClassCount count, TextStyle style) =>
    [
        Cell.Of(count.Class, style),
        Cell.Of(ReportText.SeverityOf(count.Severity), TextStyle.Strong with { Color = Palette.Of(count.Severity) }),
        Cell.Of(Figure(count.Indications), style), Cell.Of(Figure(count.Rejected), style), Cell.Of(Figure(count.Review), style),
        Cell.Of(Figure(count.Accepted), style), Cell.Of(Figure(count.Ignored), style),
    ];

    private static string Figure(int count) => count.ToString(CultureInfo.InvariantCulture);
}
