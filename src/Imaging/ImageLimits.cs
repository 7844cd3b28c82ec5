using System.ComponentModel.DataAnnotations;

namespace Chitti.Imaging;

/// <summary>Limits on an image, checked against its header before anything is decoded.</summary>
public sealed class ImageLimits
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti:Limits";

    /// <summary>Width times height, 100 million by default; at four bytes per pixel it must fit one block of memory.</summary>
    [Range(1L, int.MaxValue / 4)]
    public long MaxPixels { get; set; } = 100_000_000;

    /// <summary>Longest side in pixels, 30,000 by default.</summary>
    [Range(1, 1_000_000)]
    public int MaxSide { get; set; } = 30_000;

    /// <summary>
    /// Time limit for decoding, in processor time, 0.1 s to 10 minutes; 5 s by default. A decode that is not done after
    /// twenty times as long by the clock is put back.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan DecodeTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
