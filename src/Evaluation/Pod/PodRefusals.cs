namespace Chitti.Evaluation;

/// <summary>The refusals, in words that say what to do.</summary>
internal static class PodRefusals
{
    private const int MaxSizes = 5;

    /// <summary>Why no likelihood can be maximised, or the figures would mean nothing.</summary>
    /// <param name="outcome">The counts and sizes.</param>
    /// <param name="targets">Sorted by size.</param>
    public static PodRefusal? BeforeFit(PodOutcome outcome, List<(double Size, bool Hit)> targets)
    {
        if (targets.Count < PodAnalysis.MinTargets)
        {
            return new(PodRefusalReason.TooFewTargets,
                $"{targets.Count} targets; a hit/miss study needs at least {PodAnalysis.MinTargets}: add {PodAnalysis.MinTargets - targets.Count} or more");
        }

        var range = $"{outcome.Smallest:0.####} to {outcome.Largest:0.####} {outcome.Unit}";
        if (outcome.Hits == targets.Count)
        {
            return new(PodRefusalReason.AllHit,
                $"all {targets.Count} targets were found ({range}), so nothing shows where detection begins to fail: add targets below {outcome.Smallest:0.####} {outcome.Unit}");
        }

        if (outcome.Hits == 0)
        {
            return new(PodRefusalReason.AllMissed,
                $"none of the {targets.Count} targets was found ({range}): add targets above {outcome.Largest:0.####} {outcome.Unit}, or check the model and the class");
        }

        if (targets[0].Size == targets[^1].Size)
        {
            return new(PodRefusalReason.OneSize, $"all targets have the size {outcome.Smallest:0.####} {outcome.Unit}: add smaller and larger ones");
        }

        var missed = targets.FindLast(target => !target.Hit).Size;
        var hit = targets.Find(target => target.Hit).Size;
        if (missed <= hit)
        {
            return new(PodRefusalReason.Separated,
                $"every target up to {missed:0.####} {outcome.Unit} was missed and every one from {hit:0.####} {outcome.Unit} on was found, so any steep curve fits equally well: add targets of sizes around {missed:0.####} to {hit:0.####} {outcome.Unit}");
        }

        // The same the other way round also has no maximum; that larger targets are missed is the reason to give.
        return targets.FindLast(target => target.Hit).Size <= targets.Find(target => !target.Hit).Size ? NoEffectOfSize(outcome, double.NegativeInfinity) : null;
    }

    public static PodRefusal NoEffectOfSize(PodOutcome outcome, double slope) => new(
        PodRefusalReason.NoEffectOfSize,
        slope <= 0
            ? $"larger targets were not found more often than smaller ones ({outcome.Smallest:0.####} to {outcome.Largest:0.####} {outcome.Unit}): check how size is measured, and whether something else decides what is found"
            : $"that larger targets are found more often may be chance (slope {slope:0.##}, not above 0 with 95 % confidence): add targets over a wider range than {outcome.Smallest:0.####} to {outcome.Largest:0.####} {outcome.Unit}");

    /// <param name="outcome">The counts and sizes.</param>
    /// <param name="asymptote">The test.</param>
    /// <param name="missed">The missed targets that the curve up to 1 expects to be found.</param>
    public static PodRefusal LevelsOff(PodOutcome outcome, PodAsymptote asymptote, IReadOnlyList<(double Size, bool Hit)> missed)
    {
        var sizes = string.Join(", ", missed.Select(target => target.Size).OrderDescending().Take(MaxSizes).Select(size => $"{size:0.####}"));
        var which = missed.Count == 0 ? "some of the largest targets were missed"
            : $"{missed.Count} missed {(missed.Count == 1 ? "target is" : "targets are")} of a size that is otherwise found in 9 of 10 cases: {sizes}{(missed.Count > MaxSizes ? ", …" : "")} {outcome.Unit}";
        return new(PodRefusalReason.LevelsOff,
            $"the curve levels off near {asymptote.Estimate:0.0 %} (likelihood ratio {asymptote.LikelihoodRatio:0.0}, p = {Math.Max(asymptote.PValue, 0.0001):0.0000}): {which}. Check their size and label; if both are right, something other than size decides (contrast, place, kind), and no size is found with certainty");
    }
}
