using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Moves the thresholds of a profile, all by the same amount.</summary>
/// <param name="profile">The profile.</param>
/// <param name="lowest">The lowest confidence of recorded findings: lower thresholds would have the same effect.</param>
internal sealed class ThresholdShift(ComponentProfile profile, float lowest)
{
    public const int StepsOfOne = 100;

    private const double Near = 0.02;

    private readonly Dictionary<string, DefectCriterion> _criteria = profile.Criteria.ToDictionary(criterion => criterion.Class, StringComparer.Ordinal);

    /// <summary>Shifts in steps of 0.01, from where every threshold is at the lowest confidence to where every one is at 1.</summary>
    public IReadOnlyList<int> Steps { get; } =
    [
        .. Enumerable.Range(-StepsOfOne, (2 * StepsOfOne) + 1).Where(step =>
            step >= Math.Min(0, Math.Floor(StepsTo(lowest, profile.Criteria.Max(criterion => criterion.RejectConfidence))))
            && step <= Math.Max(0, Math.Ceiling(StepsTo(1, profile.Criteria.Min(Lower))))),
    ];

    /// <summary>
    /// Whether higher thresholds can only take a part from fail to review to pass. Not with limits: a finding that a limit allows
    /// from the reject confidence on is for review below it.
    /// </summary>
    public bool IsMonotone { get; } = profile.Criteria.All(criterion => criterion is { MaxSize: null, MaxCount: null, MaxTotalArea: null });

    public ComponentProfile Move(int step) => step == 0 ? profile : profile with
    {
        Criteria = [.. profile.Criteria.Select(criterion =>
        {
            var reject = Shift(criterion.RejectConfidence, step);
            var review = criterion.ReviewConfidence is { } given ? Shift(given, step) : (float?)null;

            // What is below the confidence to record is not judged.
            return criterion with { RejectConfidence = reject, ReviewConfidence = review, RecordConfidence = Math.Min(criterion.RecordConfidence, review ?? reject) };
        })],
    };

    /// <summary>Marks the steps at which a finding falls below a threshold, so that the verdict can change.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="marked">By index into <see cref="Steps"/>.</param>
    public void MarkCrossings(Finding finding, bool[] marked)
    {
        if (!_criteria.TryGetValue(finding.Class, out var criterion))
        {
            return;
        }

        Mark(criterion.RejectConfidence);
        if (criterion.ReviewConfidence is { } review)
        {
            Mark(review);
        }

        void Mark(float threshold)
        {
            var steps = StepsTo(finding.Confidence, threshold);

            // Thresholds are rounded, so near a whole step it can be either of two.
            for (var step = (int)Math.Floor(steps - Near) + 1; step <= (int)Math.Floor(steps + Near) + 1; step++)
            {
                if (step - Steps[0] is >= 0 and var at && at < marked.Length)
                {
                    marked[at] = true;
                }
            }
        }
    }

    // Rounded, because 0.6 as a float is not 0.6.
    private static double StepsTo(double confidence, double threshold) => Math.Round((confidence - threshold) * StepsOfOne, 4);

    private static float Lower(DefectCriterion criterion) => criterion.ReviewConfidence ?? criterion.RejectConfidence;

    // Rounded as findings are.
    private float Shift(float threshold, int step) => Math.Clamp((float)Math.Round(threshold + ((double)step / StepsOfOne), 4), Math.Min(lowest, threshold), 1);
}
