using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Inference;

namespace Chitti.Detection;

/// <summary>Between the detectors' messages and the engine's types.</summary>
public static class DetectionMapping
{
    /// <summary>What to ask of an engine.</summary>
    public static DetectionOptions ToOptions(DetectionSettings settings) => new()
    {
        Confidence = settings.Confidence,
        Iou = settings.Iou,
        ClassAgnosticNms = settings.Nms == NmsKind.Agnostic,
        DecodeFullScale = settings.DecodeScale == DecodeScale.Full,
        MeasureQuality = settings.MeasureQuality,
        WaitWhenFull = settings.WaitWhenFull,
    };

    /// <summary>The reply that says what an engine found.</summary>
    /// <exception cref="InvalidDataException">The engine gave a class that its model does not have, or a box that is no number.</exception>
    public static DetectionReply ToReply(DetectionResult result, IDetectionEngine engine, string sha256) => new()
    {
        Status = DetectionStatus.Found,
        Findings = [.. result.Detections.Select(detection => ToFinding(detection, engine.Model))],
        Image = new(result.ImageWidth, result.ImageHeight, sha256),
        Quality = result.Quality is { } quality ? new(quality.Brightness, quality.Sharpness) : null,
        Model = new(engine.Model.Id, engine.Model.Name, engine.Model.Version, engine.Model.Sha256),
        Timing = new(
            result.Timing.Queue.TotalMilliseconds,
            result.Timing.Decode.TotalMilliseconds,
            result.Timing.Preprocess.TotalMilliseconds,
            result.Timing.Inference.TotalMilliseconds,
            result.Timing.Postprocess.TotalMilliseconds,
            result.Timing.Total.TotalMilliseconds),
        ExecutionProvider = engine.ExecutionProvider,
        BatchSize = result.BatchSize,
        Classes = engine.Model.Classes,
    };

    private static Finding ToFinding(DetectedBox detection, ModelDescription model)
    {
        var (id, confidence, box) = (detection.ClassId, detection.Confidence, detection.Box);
        return id >= 0 && id < model.Classes.Count && float.IsFinite(confidence + box.X + box.Y + box.Width + box.Height)
            ? new(id, model.Classes[id], confidence, new(box.X, box.Y, box.Width, box.Height))
            : throw new InvalidDataException($"Model {model.Id} gave {detection}.");
    }
}
