using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>
/// The files by verdict: first fail, then review, files that could not be inspected, and pass with indications. Files that
/// passed without any are in a table at the end.
/// </summary>
internal static class ListSection
{
    private static readonly IReadOnlyList<Column> _columns =
        [new("File", 150), new("Part id", 70), new("Rule that decided", 245.28f), new("Details", 46)];

    private static readonly IReadOnlyList<Column> _errorColumns =
        [new("File", 170), new("Part id", 80), new("Error", 215.28f), new("Details", 46)];

    public static void Write(Composition composition)
    {
        WriteVerdict(composition, "Failures", Verdict.Fail, "No file failed.");
        WriteVerdict(composition, "For review by a person", Verdict.Review, "No file needs review.");
        WriteErrors(composition);
        WriteVerdict(composition, "Passes with accepted or ignored indications", Verdict.Pass, "No file passed with indications.");
    }

    private static void WriteVerdict(Composition composition, string heading, Verdict verdict, string none)
    {
        var items = Indexed(composition).Where(i => i.Item.Inspection?.Verdict == verdict && !PassSection.Has(i.Item)).ToList();
        composition.Heading($"{heading} ({items.Count})", 50);
        if (items.Count == 0)
        {
            composition.Paragraph(none);
        }

        composition.Table(_columns, items.Select(i => new Cell[]
        {
            i.Item.FileName, i.Item.PartId ?? "",
            i.Item.Inspection!.DecidedBy is null
                ? i.Item.Inspection.Reason
                : $"{i.Item.Inspection.Reason}\n{VerdictSection.DecidedBy(i.Item.Inspection)}",
            Cell.PageOf(i.Index),
        }));
    }

    private static void WriteErrors(Composition composition)
    {
        var items = Indexed(composition).Where(i => i.Item.Inspection is null).ToList();
        composition.Heading($"Could not be inspected ({items.Count})", 50);
        if (items.Count == 0)
        {
            composition.Paragraph("Every file was inspected.");
        }

        composition.Table(_errorColumns, items.Select(i => new Cell[]
        {
            i.Item.FileName, i.Item.PartId ?? "", i.Item.Error ?? "The file was not inspected.", Cell.PageOf(i.Index),
        }));
    }

    private static IEnumerable<(ReportItem Item, int Index)> Indexed(Composition composition) =>
        composition.Document.Items.Select((item, index) => (item, index));
}
