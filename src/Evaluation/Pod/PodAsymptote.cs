namespace Chitti.Evaluation;

/// <summary>
/// A test whether a curve levels off below 1: the likelihood ratio of POD(a) = A / (1 + exp(-(b0 + b1 ln a))) to the same
/// curve with A = 1. A = 1 is on the edge of what is allowed, so the ratio is 0 in half of the sets that a curve up to 1
/// describes, and chi-square with one degree of freedom in the others (Self and Liang 1987).
/// </summary>
/// <param name="Estimate">The most likely A, 0..1.</param>
/// <param name="LikelihoodRatio">Twice the logarithm of the ratio, 0 or above.</param>
/// <param name="PValue">
/// How often a curve up to 1 gives a ratio at least as large, 0..1. The curve is refused below
/// <see cref="PodAnalysis.AsymptoteLevel"/>.
/// </param>
public sealed record PodAsymptote(double Estimate, double LikelihoodRatio, double PValue);
