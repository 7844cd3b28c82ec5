namespace Chitti.Inference;

/// <summary>What statistics are computed from: one picture, or a tile of one.</summary>
/// <param name="Features">A vector for each place inside the picture, without padding; empty if the model has no such output.</param>
/// <param name="Picture">What the picture itself tells.</param>
public sealed record LookedAt(IReadOnlyList<float[]> Features, PictureMeasures Picture);
