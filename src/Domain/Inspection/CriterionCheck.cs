using System.Globalization;

namespace Chitti.Domain;

/// <summary>Finds which of the findings that count towards rejection break their class's criterion, and why.</summary>
internal static class CriterionCheck
{
    public static void FindBreaches(
        DefectCriterion criterion, List<Finding> counting, double? millimetresPerPixel, Dictionary<Finding, string> breaches)
    {
        if (counting.Count == 0)
        {
            return;
        }

        var (scale, unit) = criterion.SizeUnit == LengthUnit.Millimetre ? (millimetresPerPixel ?? 1, "mm") : (1, "px");
        var totalArea = counting.Sum(finding => finding.Box.Area() * scale * scale);
        string? ofClass = null;
        if (criterion is { MaxSize: null, MaxCount: null, MaxTotalArea: null })
        {
            ofClass = "";
        }
        else if (counting.Count > criterion.MaxCount)
        {
            ofClass = Text($"; {counting.Count} of the class, allowed {criterion.MaxCount}");
        }
        else if (totalArea > criterion.MaxTotalArea)
        {
            ofClass = Text($"; together {totalArea:0.##} {unit}², allowed {criterion.MaxTotalArea:0.##} {unit}²");
        }

        foreach (var finding in counting)
        {
            var size = Math.Max(finding.Box.Width, finding.Box.Height) * scale;
            var limit = size > criterion.MaxSize
                ? Text($"; longest side {size:0.##} {unit}, allowed {criterion.MaxSize:0.##} {unit}")
                : ofClass;
            if (limit is not null)
            {
                breaches[finding] = Text(
                    $"{finding.Class} ({ApiJson.Word(criterion.Severity)}) with confidence {finding.Confidence:0.00}, rejected from {criterion.RejectConfidence:0.00}{limit}");
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
