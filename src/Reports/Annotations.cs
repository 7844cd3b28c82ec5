using System.Globalization;
using Chitti.Domain;
using Chitti.Imaging;

namespace Chitti.Reports;

/// <summary>An inspection's indications as annotations of its image, coloured by severity, grey if it has none.</summary>
public static class Annotations
{
    /// <summary>One annotation per indication, in their order.</summary>
    public static IReadOnlyList<Imaging.Annotation> Of(Inspection inspection) => [.. inspection.Indications.Select(indication => new Imaging.Annotation(
        indication.Box.X,
        indication.Box.Y,
        indication.Box.Width,
        indication.Box.Height,
        string.Create(CultureInfo.InvariantCulture, $"{indication.Number} {indication.Class} {indication.Confidence:0.00}"),
        indication.Severity switch
        {
            Severity.Critical => AnnotationColour.Red,
            Severity.Major => AnnotationColour.Orange,
            Severity.Minor => AnnotationColour.Blue,
            _ => AnnotationColour.Grey,
        }))];
}
