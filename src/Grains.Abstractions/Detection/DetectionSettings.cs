using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>What a detector must know of a profile.</summary>
/// <param name="ModelId">The model to run.</param>
/// <param name="Confidence">Lowest confidence of a finding, 0..1.</param>
/// <param name="Iou">Intersection over union above which two boxes are one, 0..1.</param>
/// <param name="Nms">Whether boxes of different classes suppress each other.</param>
/// <param name="DecodeScale">Whether large photographs may be decoded at reduced scale.</param>
/// <param name="MeasureQuality">Whether brightness and sharpness are wanted.</param>
/// <param name="WaitWhenFull">True to wait for a place in a full queue (pipeline), false to be refused (direct calls).</param>
[GenerateSerializer, Immutable, Alias("chitti.detection-settings")]
public sealed record DetectionSettings(
    [property: Id(0)] string ModelId,
    [property: Id(1)] float Confidence,
    [property: Id(2)] float Iou,
    [property: Id(3)] NmsKind Nms,
    [property: Id(4)] DecodeScale DecodeScale,
    [property: Id(5)] bool MeasureQuality,
    [property: Id(6)] bool WaitWhenFull)
{
    /// <summary>The settings that a profile, and what the call says in its place, ask for.</summary>
    public static DetectionSettings For(
        ComponentProfile profile, DetectionOverrides? overrides, bool waitWhenFull, string? modelId = null) => new(
        modelId ?? profile.ModelId,
        overrides?.Confidence ?? profile.Criteria.Min(criterion => criterion.RecordConfidence),
        overrides?.Iou ?? profile.NmsIou,
        profile.NmsKind,
        profile.DecodeScale,
        profile.Image is { MinBrightness: not null } or { MaxBrightness: not null } or { MinSharpness: not null },
        waitWhenFull);
}
