using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Moves the thresholds of a profile, all by the same amount.</summary>
/// <param name="profile">The profile.</param>
/// <param name="lowest">The lowest confidence of recorded findings: lower thresholds would have the same effect.</param>
internal sealed class ThresholdShift(ComponentProfile profile, float lowest)
{
    public const int StepsOfOne = 100;

    /// <summary>Shifts in steps of 0.01, from where every threshold is at the lowest confidence to where every one is at 1.</summary>
    public IReadOnlyList<int> Steps { get; } =
    [
        .. Enumerable.Range(-StepsOfOne, (2 * StepsOfOne) + 1).Where(step =>
            step >= Math.Min(0, Math.Floor(StepsTo(lowest, profile.Criteria.Max(criterion => criterion.RejectConfidence))))
            && step <= Math.Max(0, Math.Ceiling(StepsTo(1, profile.Criteria.Min(Lower))))),
    ];

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

    /// <summary>The steps around which a finding crosses a threshold, so that the verdict can change.</summary>
    public IEnumerable<int> Crossings(Finding finding) =>
        profile.Criteria.FirstOrDefault(criterion => criterion.Class == finding.Class) is not { } criterion
            ? []
            : new[] { criterion.RejectConfidence, Lower(criterion) }.Distinct()
                .Select(threshold => (int)Math.Floor(StepsTo(finding.Confidence, threshold))).SelectMany(step => Enumerable.Range(step - 1, 4));

    // Rounded, because 0.6 as a float is not 0.6.
    private static double StepsTo(double confidence, double threshold) => Math.Round((confidence - threshold) * StepsOfOne, 4);

    private static float Lower(DefectCriterion criterion) => criterion.ReviewConfidence ?? criterion.RejectConfidence;

    // Rounded as findings are.
    private float Shift(float threshold, int step) => Math.Clamp((float)Math.Round(threshold + ((double)step / StepsOfOne), 4), Math.Min(lowest, threshold), 1);
}
