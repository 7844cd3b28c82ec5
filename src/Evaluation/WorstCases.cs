using System.Globalization;
using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Chooses the worst cases of each kind, each from another picture.</summary>
internal static class WorstCases
{
    private const int OfEachKind = 6;

    public static IReadOnlyList<WorstCase> Find(IReadOnlyList<PictureOutcome> pictures, IReadOnlyList<PictureComparison> comparisons)
    {
        var both = pictures.Zip(comparisons).ToList();
        return
        [
            .. Worst(
                from one in both
                where one.First.Outcome == PartOutcome.BadPasses
                orderby one.First.Defects descending
                select new WorstCase(WorstKind.Escape, one.First.File, LargestOf(one.Second), Text($"{one.First.Defects} defects, and it passes: {one.First.Reason}"))),
            .. Worst(
                from one in both
                where one.First.Outcome is PartOutcome.GoodFails or PartOutcome.GoodReviewed
                let best = one.Second.Strays.Count > 0 ? one.Second.Strays[0] : null
                orderby one.First.Verdict == Verdict.Fail descending, best?.Confidence descending
                select new WorstCase(WorstKind.Overkill, one.First.File, best?.Box, Text($"a good part, {ApiJson.Word(one.First.Verdict)}: {one.First.Reason}"))),
            .. Worst(
                from defect in comparisons.SelectMany(comparison => comparison.Defects)
                where !defect.Hit
                orderby defect.SizePx descending
                select new WorstCase(WorstKind.Missed, defect.File, defect.Box, defect.Confidence is { } seen
                    ? Text($"{defect.Class} of {defect.LongerSidePx:0} px, seen as {defect.FoundAs} with confidence {seen:0.00} only")
                    : Text($"{defect.Class} of {defect.LongerSidePx:0} px, not seen at all"))),
            .. Worst(
                from comparison in comparisons
                from stray in comparison.Strays
                orderby stray.Confidence descending
                select new WorstCase(WorstKind.Stray, comparison.Picture.Truth.File, stray.Box, Text($"{stray.Class} with confidence {stray.Confidence:0.00} where no defect is"))),
            .. Worst(
                from comparison in comparisons
                from found in comparison.Found
                where found.Finding.Class != found.Truth.Class && found.Truth.Role == TruthRole.Counted
                orderby found.Finding.Confidence descending
                select new WorstCase(WorstKind.Confused, comparison.Picture.Truth.File, found.Truth.Box, Text($"{found.Truth.Class} found as {found.Finding.Class} with confidence {found.Finding.Confidence:0.00}"))),
        ];
    }

    private static IEnumerable<WorstCase> Worst(IEnumerable<WorstCase> cases) => cases.DistinctBy(one => one.File, StringComparer.Ordinal).Take(OfEachKind);

    private static Box? LargestOf(PictureComparison comparison) => comparison.Defects.MaxBy(defect => defect.SizePx)?.Box;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
