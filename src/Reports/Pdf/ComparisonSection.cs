using System.Globalization;
using Chitti.Domain;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>Shows the indications of an image beside the reference that it was compared with.</summary>
internal static class ComparisonSection
{
    /// <param name="composition">The report.</param>
    /// <param name="index">Of the item.</param>
    /// <param name="item">The item.</param>
    /// <param name="whole">Whether to show the whole picture as well.</param>
    public static void Write(Composition composition, int index, ReportItem item, bool whole)
    {
        if (item.Inspection is not { Registration: { ImageToReference: { } map } } inspection || composition.Pictures.ReferenceOf(index) is not { } reference)
        {
            return;
        }

        var views = inspection.Indications
            .Select(indication => new ComparisonView(
                string.Create(CultureInfo.InvariantCulture, $"{indication.Number}  {indication.Class}, {ApiJson.Word(indication.Disposition)}"), indication))
            .ToList();
        if (whole)
        {
            views.Insert(0, new("The whole image", null));
        }

        if (views.Count == 0)
        {
            return;
        }

        var name = item.Profile?.References.FirstOrDefault(picture => picture.Sha256 == inspection.Registration.ReferenceSha256)?.Name;
        composition.Heading("Beside the reference", ComparisonRow.RowHeight + 20);
        composition.Paragraph(
            $"From left to right: the image, the reference{(name is null ? "" : $" '{name}'")} aligned to it, and their difference, which is black where both are equal.",
            TextStyle.Label);
        foreach (var row in views.Chunk(ComparisonRow.ViewsPerRow))
        {
            composition.Flow.Add(new ComparisonRow(index, reference, AlignmentOf(map), row));
        }
    }

    /// <summary>From the reference to the image. Skia counts from the corner of a pixel, the record from its centre.</summary>
    private static SKMatrix AlignmentOf(IReadOnlyList<double> imageToReference)
    {
        var m = imageToReference.Select(value => (float)value).ToArray();
        var map = new SKMatrix(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], 1).Invert();
        return SKMatrix.CreateTranslation(0.5f, 0.5f).PreConcat(map).PreConcat(SKMatrix.CreateTranslation(-0.5f, -0.5f));
    }
}
