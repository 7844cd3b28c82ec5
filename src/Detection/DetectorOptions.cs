using System.ComponentModel.DataAnnotations;

namespace Chitti.Detection;

/// <summary>How much of a machine detection may use.</summary>
public sealed class DetectorOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti:Detector";

    /// <summary>Number of single-threaded sessions; one per core by default.</summary>
    [Range(1, 1_024)]
    public int Sessions { get; set; } = Environment.ProcessorCount;

    /// <summary>Images that may wait for a session, 256 by default.</summary>
    [Range(1, 1_000_000)]
    public int QueueImages { get; set; } = 256;

    /// <summary>Encoded bytes that may wait for a session, and those of stored images that are held in memory; 256 MiB by default.</summary>
    [Range(1, long.MaxValue)]
    public long QueueBytes { get; set; } = 256L << 20;
}
