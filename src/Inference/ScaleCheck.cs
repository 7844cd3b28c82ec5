namespace Chitti.Inference;

/// <summary>Whether a picture was shown to the model at a scale that it was trained at.</summary>
/// <param name="Scale">The scale, see <see cref="PixelScale"/>.</param>
/// <param name="Limit">The bound of the permitted range that is exceeded, or nearest.</param>
/// <param name="Fault">Why not, and what to do about it, in words; null if it was.</param>
public sealed record ScaleCheck(double Scale, double Limit, string? Fault);
