using System.Globalization;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>Totals over all files.</summary>
internal static class SummarySection
{
    private static readonly IReadOnlyList<Column> _columns =
    [
        new("Class", 211.28f), new("Severity", 90), new("Indications", 70, Right: true),
        new("Rejected", 70, Right: true), new("Accepted", 70, Right: true),
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
            .. summary.Classes.Select(c => Row(c.Class, c.Severity, c.Indications, c.Rejected, TextStyle.Body)),
            .. summary.Classes.GroupBy(c => c.Severity).OrderByDescending(g => g.Key).Select(g => Row(
                $"All {ApiJson.Word(g.Key)}", g.Key, g.Sum(c => c.Indications), g.Sum(c => c.Rejected), TextStyle.Strong))]);
        composition.Flow.Space(8);
        var largest = summary.Classes.Max(c => c.Indications);
        composition.Flow.Add(new TextBlock(["Number of indications; the filled part was rejected"], TextStyle.Label), BarRow.RowHeight);
        composition.Flow.Space(2);
        foreach (var count in summary.Classes)
        {
            composition.Flow.Add(new BarRow(composition.Typesetter.Fit(count.Class, TextStyle.Body, BarRow.NameWidth), count, largest));
        }
    }

    private static Cell[] Row(string name, Severity severity, int indications, int rejected, TextStyle style) =>
    [
        Cell.Of(name, style),
        Cell.Of(ApiJson.Word(severity), TextStyle.Strong with { Color = Palette.Of(severity) }),
        Cell.Of(Figure(indications), style), Cell.Of(Figure(rejected), style), Cell.Of(Figure(indications - rejected), style),
    ];

    private static string Figure(int count) => count.ToString(CultureInfo.InvariantCulture);
}
