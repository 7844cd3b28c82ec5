using System.ComponentModel.DataAnnotations;

namespace Chitti.Imaging;

/// <summary>How large a process's <see cref="PixelBudget"/> is.</summary>
public sealed class PixelBudgetOptions
{
    /// <summary>Where it stands in the configuration.</summary>
    public const string Section = "Chitti:Detector";

    /// <summary>1 GiB.</summary>
    public const long DefaultBytes = 1L << 30;

    /// <summary>Bytes of decoded pixels that the process may hold at once, for detection, pictures and reports together; 1 GiB by default.</summary>
    [Range(1, long.MaxValue)]
    public long DecodedBytes { get; set; } = DefaultBytes;
}
