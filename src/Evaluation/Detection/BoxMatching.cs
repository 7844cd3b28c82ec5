using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>
/// Matches findings to true defects as COCO does: the most confident finding first, each to the free defect that it overlaps
/// most, if the intersection over union reaches the limit. A defect is matched once, a crowd any number of times; a finding
/// takes one that need not be found only if no other fits.
/// </summary>
/// <remarks>Source: pycocotools, <c>COCOeval.evaluateImg</c>. The overlap with a crowd is the share of the finding within it.</remarks>
internal static class BoxMatching
{
    // Against rounding, as pycocotools.
    private const double Rounding = 1e-10;

    /// <param name="findings">The most confident first.</param>
    /// <param name="truths">The true defects.</param>
    /// <param name="overlaps">Overlap of each finding (first index) with each defect.</param>
    /// <param name="minIou">Least overlap.</param>
    /// <param name="prefers">Which of several defects a finding takes before it looks at the overlap; null for none.</param>
    /// <returns>Of each finding, the index of its defect; -1 for none.</returns>
    public static int[] Match(
        IReadOnlyList<Finding> findings, IReadOnlyList<TruthBox> truths, double[,] overlaps, double minIou, Func<Finding, TruthBox, bool>? prefers = null)
    {
        var taken = new bool[truths.Count];
        var matches = new int[findings.Count];
        for (var finding = 0; finding < matches.Length; finding++)
        {
            var best = -1;
            for (var truth = 0; truth < taken.Length; truth++)
            {
                if ((!taken[truth] || truths[truth].Role == TruthRole.Crowd)
                    && overlaps[finding, truth] > 0 && overlaps[finding, truth] >= Math.Min(minIou, 1 - Rounding)
                    && (best < 0 || Rank(findings[finding], truths[truth], overlaps[finding, truth]).CompareTo(Rank(findings[finding], truths[best], overlaps[finding, best])) > 0))
                {
                    best = truth;
                }
            }

            matches[finding] = best;
            if (best >= 0)
            {
                taken[best] = true;
            }
        }

        return matches;

        (bool, bool, double) Rank(Finding finding, TruthBox truth, double overlap) =>
            (truth.Role == TruthRole.Counted, prefers?.Invoke(finding, truth) ?? false, overlap);
    }

    /// <summary>The overlap of each finding (first index) with each defect, 0..1.</summary>
    public static double[,] Overlaps(IReadOnlyList<Finding> findings, IReadOnlyList<TruthBox> truths)
    {
        var overlaps = new double[findings.Count, truths.Count];
        for (var finding = 0; finding < findings.Count; finding++)
        {
            for (var truth = 0; truth < truths.Count; truth++)
            {
                overlaps[finding, truth] = Overlap(findings[finding].Box, truths[truth]);
            }
        }

        return overlaps;
    }

    /// <summary>The intersection over union, or the share of the finding within a crowd, 0..1.</summary>
    public static double Overlap(Box found, TruthBox truth)
    {
        var box = truth.Box;
        var across = Math.Min((double)found.X + found.Width, (double)box.X + box.Width) - Math.Max(found.X, box.X);
        var down = Math.Min((double)found.Y + found.Height, (double)box.Y + box.Height) - Math.Max(found.Y, box.Y);
        if (across <= 0 || down <= 0)
        {
            return 0;
        }

        var (shared, area) = (across * down, (double)found.Width * found.Height);
        return shared / (truth.Role == TruthRole.Crowd ? area : area + ((double)box.Width * box.Height) - shared);
    }
}
