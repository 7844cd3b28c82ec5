namespace Chitti.Evaluation;

/// <summary>A size read from a POD curve.</summary>
/// <param name="Value">
/// The size, in the unit of the curve; null if it doesn't exist, or lies outside the sizes of the targets, where nothing was
/// tested.
/// </param>
/// <param name="Reason">Why there is no value; null if there is.</param>
public sealed record PodSize(double? Value, string? Reason);
