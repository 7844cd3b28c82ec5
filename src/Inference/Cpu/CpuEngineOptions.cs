using Chitti.Imaging;

namespace Chitti.Inference;

/// <summary>Options of a <see cref="CpuDetectionEngine"/>.</summary>
public sealed record CpuEngineOptions
{
    /// <summary>Number of sessions, at least 1, each with its own thread; the number of cores by default.</summary>
    public int Sessions { get; init; } = Environment.ProcessorCount;

    /// <summary>Limits on an image.</summary>
    public ImageLimits Limits { get; init; } = new();

    /// <summary>
    /// Images that may wait for a session, at least 1; 256 by default. With <see cref="DetectionOptions.WaitWhenFull"/> an
    /// image is queued beyond the limit.
    /// </summary>
    public int MaxQueuedImages { get; init; } = 256;

    /// <summary>
    /// Encoded bytes that may wait for a session; 256 MiB by default. An empty queue accepts one image of any size. With
    /// <see cref="DetectionOptions.WaitWhenFull"/> an image is queued beyond the limit.
    /// </summary>
    public long MaxQueuedBytes { get; init; } = 256L << 20;

    /// <summary>
    /// Bounds the bytes of decoded pixels; by default 1 GiB for this engine alone. A process should share one budget between
    /// everything that decodes.
    /// </summary>
    public PixelBudget Budget { get; init; } = new();

    /// <summary>Clock for deadlines and timings.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
