using System.ComponentModel.DataAnnotations;

namespace Chitti.Imaging;

/// <summary>Size of a process's <see cref="PixelBudget"/>.</summary>
public sealed class PixelBudgetOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti:Detector";

    /// <summary>1 GiB, in bytes.</summary>
    public const long DefaultBytes = 1L << 30;

    /// <summary>
    /// Bytes that decoding may hold at once in the process, pixels and what codecs keep besides them, for detection, pictures
    /// and reports together; 1 GiB by default. An image that needs more is refused.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long DecodedBytes { get; set; } = DefaultBytes;
}
