namespace Chitti.Inference;

/// <summary>Where the time of one detection went.</summary>
/// <param name="Queue">Waiting for a free session.</param>
/// <param name="Decode">Encoded bytes to oriented pixels.</param>
/// <param name="Preprocess">Pixels to the input tensor.</param>
/// <param name="Inference">The model's run.</param>
/// <param name="Postprocess">Output tensor to boxes in original pixels.</param>
/// <param name="Total">From acceptance to answer.</param>
public sealed record DetectionTiming(
    TimeSpan Queue, TimeSpan Decode, TimeSpan Preprocess, TimeSpan Inference, TimeSpan Postprocess, TimeSpan Total);
