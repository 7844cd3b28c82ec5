using System.Globalization;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>Verdict, annotated image and indications in a report over one file.</summary>
internal static class VerdictSection
{
    private const float LeastPicture = 230;
    private const float MostPicture = 520;

    public static void WriteBanner(Composition composition, ReportItem item)
    {
        var (reason, decidedBy) = (
            item.Inspection?.Reason ?? item.Error ?? "The file was not inspected.", DecidedBy(item.Inspection));
        composition.Flow.Add(new VerdictBanner(
            item.Inspection?.Verdict,
            composition.Typesetter.Wrap(reason, VerdictBanner.ReasonStyle with { Bold = true }, VerdictBanner.TextWidth, 20),
            composition.Typesetter.Wrap(decidedBy, VerdictBanner.ReasonStyle, VerdictBanner.TextWidth, 3)));
        composition.Flow.Space(8);
    }

    public static void WriteFindings(Composition composition)
    {
        var item = composition.Document.Items[0];
        composition.Flow.Space(8);
        var allowed = composition.Flow.Remaining >= LeastPicture ? composition.Flow.Remaining : MostPicture;
        composition.Flow.Add(new PictureBlock(0, item.Inspection, PictureBlock.HeightFor(item, Math.Min(allowed, MostPicture))));
        if (item.Inspection is { } inspection)
        {
            composition.Heading($"Indications ({inspection.Indications.Count})", 80);
            WriteIndications(composition, 0, item, inspection, IndicationRow.Roomy);
            ComparisonSection.Write(composition, 0, item, whole: true);
        }
    }

    public static void WriteIndications(Composition composition, int index, ReportItem item, Inspection inspection, float rowHeight)
    {
        if (inspection.Indications.Count == 0)
        {
            composition.Paragraph("No indication was recorded.");
            return;
        }
        composition.Flow.AddTable(
            new TableHeader(IndicationRow.Columns),
            inspection.Indications.Select(i => new IndicationRow(index, inspection, i, item.Profile?.MillimetresPerPixel, rowHeight)));
    }

    public static string DecidedBy(Inspection? inspection)
    {
        if (inspection is null)
        {
            return "No verdict was given.";
        }

        if (inspection.DecidedBy is not { } number)
        {
            return "No single indication decided it.";
        }

        var indication = inspection.Indications.FirstOrDefault(i => i.Number == number);
        return indication is null
            ? string.Create(CultureInfo.InvariantCulture, $"Decided by indication {number}.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Decided by indication {number}: {indication.Class}, {ReportText.SeverityOf(indication.Severity)}, confidence {indication.Confidence:0.000}.");
    }
}
