namespace Chitti.Inference;

/// <summary>One detected object.</summary>
/// <param name="ClassId">Index into <see cref="ModelDescription.Classes"/>.</param>
/// <param name="Confidence">0..1.</param>
/// <param name="Box">
/// Where, in pixels of the original, as the model gave it: it may reach a little beyond the edge that cuts its object off,
/// and always overlaps the image.
/// </param>
public readonly record struct DetectedBox(int ClassId, float Confidence, BoundingBox Box);
