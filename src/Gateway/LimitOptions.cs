using System.ComponentModel.DataAnnotations;

namespace Chitti.Gateway;

/// <summary>Size limits of requests. <see cref="Imaging.ImageLimits"/>, in the same section, has the limits of an image.</summary>
public sealed class LimitOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti:Limits";

    /// <summary>Maximum bytes of one uploaded image; 100 MiB by default.</summary>
    [Range(1L, 1L << 40)]
    public long MaxUploadBytes { get; set; } = 100L << 20;

    /// <summary>Maximum images per upload; 100 by default.</summary>
    [Range(1, 1_000)]
    public int MaxUploadParts { get; set; } = 100;

    /// <summary>Maximum bytes of one upload with all its images; 1 GiB by default.</summary>
    [Range(1L, 1L << 44)]
    public long MaxUploadRequestBytes { get; set; } = 1L << 30;

    /// <summary>
    /// Accepted files without a result yet, in the whole system, from which on uploads are refused for the time being; 100,000
    /// by default.
    /// </summary>
    [Range(1, 100_000_000)]
    public int MaxUnfinishedFiles { get; set; } = 100_000;

    /// <summary>Maximum bytes of the image in direct detection; 16 MiB by default.</summary>
    [Range(1L, 1L << 30)]
    public long MaxDetectBytes { get; set; } = 16L << 20;

    /// <summary>
    /// How long a direct call may take from when its image is read, 10 s by default; 0.1 s to 5 minutes. What can't be done by
    /// then is refused at once.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan DetectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Maximum bytes of a JSON body; 1 MiB by default.</summary>
    [Range(1L, 1L << 30)]
    public long MaxJsonBytes { get; set; } = 1L << 20;
}
