namespace Chitti.Inference;

/// <summary>One detected object.</summary>
/// <param name="ClassId">Index into <see cref="ModelDescription.Classes"/>.</param>
/// <param name="Confidence">0..1.</param>
/// <param name="Box">Where, in pixels of the original, clipped to it.</param>
public readonly record struct Detection(int ClassId, float Confidence, BoundingBox Box);
