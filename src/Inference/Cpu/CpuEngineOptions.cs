using Chitti.Imaging;

namespace Chitti.Inference;

/// <summary>How a <see cref="CpuDetectionEngine"/> works.</summary>
public sealed record CpuEngineOptions
{
    /// <summary>Sessions, each with one thread of its own; the number of cores by default.</summary>
    public int Sessions { get; init; } = Environment.ProcessorCount;

    /// <summary>What an image may be at most.</summary>
    public ImageLimits Limits { get; init; } = new();

    /// <summary>Images that may wait for a session, from 1, 256 by default. Callers that wait when it is full are queued beyond it.</summary>
    public int MaxQueuedImages { get; init; } = 256;

    /// <summary>Encoded bytes that may wait for a session, 256 MiB by default. A single larger image passes an empty queue; callers that wait when it is full are queued beyond it.</summary>
    public long MaxQueuedBytes { get; init; } = 256L << 20;

    /// <summary>Bounds decoded pixels; one of 1 GiB for this engine alone by default. A process gives its own to all who decode.</summary>
    public PixelBudget Budget { get; init; } = new();

    /// <summary>Clock of deadlines and timings.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
