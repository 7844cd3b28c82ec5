namespace Chitti.Evaluation;

/// <summary>
/// A hit/miss curve, fitted by maximum likelihood: POD(a) = 1 / (1 + exp(-(B0 + B1 ln a))) for a defect of size a
/// (MIL-HDBK-1823A, appendix G; ASTM E2862).
/// </summary>
/// <param name="B0">The intercept; depends on the unit of size.</param>
/// <param name="B1">The slope per unit of ln a, above 0.</param>
/// <param name="Covariance">The covariance of B0 and B1, from the inverse of the Fisher information.</param>
/// <param name="LogLikelihood">The natural logarithm of the likelihood at its maximum, below 0.</param>
/// <param name="A50">The size that is found with a probability of 50 %: exp(-B0 / B1).</param>
/// <param name="A90">The size that is found with a probability of 90 %: exp((ln 9 - B0) / B1), where ln 9 = 2.197.</param>
/// <param name="A9095">
/// The size from which on the lower 95 % bound of the POD is at least 90 %, by the likelihood ratio: twice the logarithm of
/// the ratio reaches the 90 % quantile of chi-square with one degree of freedom, 2.706, which leaves 5 % on the side of the
/// bound. Of simulated studies with 60 targets it is above the true a90 in 92 %, with 300 targets in 94 %.
/// </param>
/// <param name="A9095Wald">
/// The same by Wald's method, from <paramref name="Covariance"/>. Of simulated studies with 60 targets it is above the true
/// a90 in 99 %, with 300 targets in 95 %.
/// </param>
/// <param name="Above">The targets of the size <paramref name="A9095"/> and above, counted; null without that size.</param>
/// <param name="Asymptote">The test for a curve that levels off below 1.</param>
/// <param name="Remarks">What weakens the figures, for people; empty if nothing was noticed.</param>
/// <param name="Curve">Points from the smallest target to the largest, evenly spaced in ln a.</param>
public sealed record PodFit(
    double B0,
    double B1,
    PodCovariance Covariance,
    double LogLikelihood,
    PodSize A50,
    PodSize A90,
    PodSize A9095,
    PodSize A9095Wald,
    PodCount? Above,
    PodAsymptote Asymptote,
    IReadOnlyList<string> Remarks,
    IReadOnlyList<PodPoint> Curve);
