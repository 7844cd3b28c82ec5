namespace Chitti.Evaluation;

/// <summary>The covariance of the two parameters of a POD curve.</summary>
/// <param name="B0">The variance of B0.</param>
/// <param name="B0B1">The covariance of B0 and B1.</param>
/// <param name="B1">The variance of B1.</param>
public sealed record PodCovariance(double B0, double B0B1, double B1);
