using System.Globalization;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>
/// Files that passed without any indication, usually most of them: one row per file, with a small picture.
/// </summary>
internal static class PassSection
{
    private static readonly IReadOnlyList<Column> _columns =
        [new("Picture", 74), new("File and its SHA-256", 206), new("Part, batch", 76), new("Inspection", 155.28f)];

    private static readonly TextStyle _fine = TextStyle.Body with { Size = 6.4f };

    public static bool Has(ReportItem item) => item.Inspection is { Verdict: Verdict.Pass, Indications.Count: 0 };

    public static void Write(Composition composition)
    {
        var items = composition.Document.Items.Select((item, index) => (item, index)).Where(i => Has(i.item)).ToList();
        composition.Heading($"Passes without indications ({items.Count})", 100);
        if (items.Count == 0)
        {
            composition.Paragraph("No file passed without indications.");
        }

        composition.Table(_columns, items.Select(i => Row(i.item, i.index)));
    }

    private static Cell[] Row(ReportItem item, int index)
    {
        var inspection = item.Inspection!;
        var received = item.ReceivedAt is { } accepted ? ReportText.Utc(accepted) : ReportText.NotStated;
        return
        [
            Cell.PictureOf(index),
            Cell.Of(
                $"{item.FileName}\n{item.Sha256}\n{item.MediaType}, {ReportText.Pixels(item.Width, item.Height)}, {ReportText.Bytes(item.Size)}\n"
                + $"file {item.FileId?.ToString() ?? ReportText.NotStated}\ninspection {inspection.Id?.ToString() ?? ReportText.NotStated}", _fine),
            Cell.Of($"Part {item.PartId ?? ReportText.NotStated}\nBatch {item.BatchId ?? ReportText.NotStated}", _fine),
            Cell.Of(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"PASS: {inspection.Reason}\nAccepted {received}\nInspected {ReportText.Utc(inspection.CreatedAt)}\n{inspection.Profile.Id}, version {inspection.Profile.Version}; {inspection.Model.Name} {inspection.Model.Version}; {inspection.ExecutionProvider}; Chitti {inspection.SoftwareVersion}")
                + (inspection.Overrides is null ? "" : "\nThresholds: " + TraceSection.OverridesOf(inspection.Overrides)), _fine),
        ];
    }
}
