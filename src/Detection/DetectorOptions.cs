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

    /// <summary>
    /// Two limits of the same size, 256 MiB by default. In each engine, encoded bytes of the images that wait: beyond it, direct
    /// calls are refused. In the process, encoded bytes of stored images that are held while they wait and are inspected: beyond
    /// it, they are read later. Either lets a single larger image through while it holds no other.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long QueueBytes { get; set; } = 256L << 20;

    /// <summary>Bytes of prepared references that are kept, 256 MiB by default; one of 640 x 640 pixels takes about 1.2 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long ReferenceBytes { get; set; } = 256L << 20;
}
