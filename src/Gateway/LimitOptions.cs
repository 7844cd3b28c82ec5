using System.ComponentModel.DataAnnotations;
using Chitti.Imaging;

namespace Chitti.Gateway;

/// <summary>How much a request may bring. Section <c>Chitti:Limits</c>.</summary>
public sealed class LimitOptions
{
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

    /// <summary>Width times height of an image, 100 million by default; at four bytes a pixel it must fit one block of memory.</summary>
    [Range(1L, int.MaxValue / 4)]
    public long MaxPixels { get; set; } = 100_000_000;

    /// <summary>Longest side of an image in pixels, 30,000 by default.</summary>
    [Range(1, 1_000_000)]
    public int MaxSide { get; set; } = 30_000;

    /// <summary>Longest time to decode an image; <c>00:00:05</c> by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan DecodeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal ImageLimits Image => new() { MaxPixels = MaxPixels, MaxSide = MaxSide, DecodeTimeout = DecodeTimeout };
}
