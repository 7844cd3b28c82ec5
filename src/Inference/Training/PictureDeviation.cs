namespace Chitti.Inference;

/// <summary>How a picture compares with those of the training in one respect.</summary>
/// <param name="Value">What was measured.</param>
/// <param name="Limit">The bound that it exceeds, or is nearest to.</param>
/// <param name="Fault">What is unlike, in words; null if nothing is.</param>
public sealed record PictureDeviation(double Value, double Limit, string? Fault);
