namespace Chitti.Domain;

/// <summary>What one call sets in place of the profile.</summary>
/// <param name="Confidence">Lowest confidence to record and to reject, 0..1; null keeps the profile's.</param>
/// <param name="Iou">Intersection over union above which two boxes count as one, 0..1; null keeps the profile's.</param>
/// <param name="Tiles">Whether the image is inspected in parts, as in a profile; null keeps the profile's.</param>
[GenerateSerializer, Immutable, Alias("chitti.detection-overrides")]
public sealed record DetectionOverrides(
    [property: Id(0)] float? Confidence,
    [property: Id(1)] float? Iou,
    [property: Id(2)] string? Tiles = null);
