using System.ComponentModel.DataAnnotations;

namespace Chitti.Gateway;

/// <summary>How much a request may bring. What an image may be at most says <see cref="Imaging.ImageLimits"/>, in the same section.</summary>
public sealed class LimitOptions
{
    /// <summary>Where it stands in the configuration.</summary>
    public const string Section = "Chitti:Limits";

    /// <summary>Bytes of one uploaded image, 100 MiB by default.</summary>
    [Range(1L, 1L << 40)]
    public long MaxUploadBytes { get; set; } = 100L << 20;

    /// <summary>Images of one upload, 100 by default.</summary>
    [Range(1, 1_000)]
    public int MaxUploadParts { get; set; } = 100;

    /// <summary>Bytes of one upload with all its images, 1 GiB by default.</summary>
    [Range(1L, 1L << 44)]
    public long MaxUploadRequestBytes { get; set; } = 1L << 30;

    /// <summary>Bytes of the image of a direct call, 16 MiB by default.</summary>
    [Range(1L, 1L << 30)]
    public long MaxDetectBytes { get; set; } = 16L << 20;

    /// <summary>Bytes of a JSON body, 1 MiB by default.</summary>
    [Range(1L, 1L << 30)]
    public long MaxJsonBytes { get; set; } = 1L << 20;
}
