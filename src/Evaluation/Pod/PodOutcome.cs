namespace Chitti.Evaluation;

/// <summary>A fitted curve, or the reason why there is none: exactly one of the two.</summary>
/// <param name="Unit">The unit of every size: <c>px</c> or <c>mm</c>.</param>
/// <param name="Targets">How many targets there are, 0 or more.</param>
/// <param name="Hits">How many of them were found.</param>
/// <param name="Smallest">The size of the smallest target; null without targets.</param>
/// <param name="Largest">The size of the largest target; null without targets.</param>
/// <param name="Fit">The curve.</param>
/// <param name="Refusal">Why the targets don't support a curve.</param>
public sealed record PodOutcome(
    string Unit, int Targets, int Hits, double? Smallest, double? Largest, PodFit? Fit, PodRefusal? Refusal);
