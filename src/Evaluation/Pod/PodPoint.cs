namespace Chitti.Evaluation;

/// <summary>
/// A point of a POD curve, for plotting. Each bound holds with 95 % confidence on its own side, so that both together hold
/// with 90 %.
/// </summary>
/// <param name="Size">The size of the defect, in the unit of the curve.</param>
/// <param name="Pod">The probability of detection, 0..1.</param>
/// <param name="Lower">The lower bound by the likelihood ratio, 0..1.</param>
/// <param name="Upper">The upper bound by the likelihood ratio, 0..1.</param>
/// <param name="LowerWald">The lower bound by Wald's method, 0..1.</param>
/// <param name="UpperWald">The upper bound by Wald's method, 0..1.</param>
public sealed record PodPoint(double Size, double Pod, double Lower, double Upper, double LowerWald, double UpperWald);
