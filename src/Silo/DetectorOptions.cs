using System.ComponentModel.DataAnnotations;
using Chitti.Imaging;
using Chitti.Inference;

namespace Chitti.Silo;

/// <summary>How detection uses this machine. Section <c>Chitti:Detector</c>.</summary>
public sealed class DetectorOptions
{
    /// <summary>Single-threaded sessions, one a core by default.</summary>
    [Range(1, 1024)]
    public int Sessions { get; set; } = Environment.ProcessorCount;

    /// <summary>Images that may wait for a session.</summary>
    [Range(1, 1_000_000)]
    public int QueueImages { get; set; } = 256;

    /// <summary>Encoded bytes that may wait for a session.</summary>
    [Range(1, long.MaxValue)]
    public long QueueBytes { get; set; } = 256L << 20;

    /// <summary>Bytes of decoded pixels that this process may hold at once, for detection, pictures and reports together.</summary>
    [Range(1, long.MaxValue)]
    public long DecodedBytes { get; set; } = 1L << 30;

    internal CpuEngineOptions ToEngineOptions(ImageLimits limits) => new()
    {
        Sessions = Sessions,
        Limits = limits,
        MaxQueuedImages = QueueImages,
        MaxQueuedBytes = QueueBytes,
    };
}
