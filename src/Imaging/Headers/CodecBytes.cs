namespace Chitti.Imaging;

/// <summary>
/// What each codec holds in memory at most besides the pixels it writes, by what the header says. ADR 16 has the figures
/// beside what was measured; a test measures them.
/// </summary>
internal static class CodecBytes
{
    /// <summary>Bytes a pixel that a lossless WebP takes: its own pixels, and images of its transforms and code tables at a quarter of the sides.</summary>
    public const int Lossless = 5;

    /// <summary>The same for a plane of alpha, which is a lossless image, and the plane itself.</summary>
    public const int LosslessAlpha = 6;

    // libpng inflates a profile or a text to 8 MB at most, and holds it twice; deflate makes of a byte at most 1,032.
    private const long InflatedBytes = 17_000_000;
    private const long InflatedRatio = 2 * 1_032;

    // A few rows of samples, of the image's width.
    private const long RowsOfBytes = 128;

    public static long Rows(long width) => RowsOfBytes * Math.Max(0, width);

    /// <summary>Interlaced: the whole image at its own depth (grey has its alpha; a palette stays one). Chunks of any kind may be kept twice.</summary>
    public static long Png(long width, long height, int bits, int colourType, bool interlaced, bool transparent, long fileBytes)
    {
        var samples = colourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        if (transparent && colourType is 0 or 2)
        {
            samples++;
        }

        var image = interlaced ? width * height * samples * (bits == 16 ? 2 : 1) : 0;
        return image + Rows(width) + (2 * fileBytes) + Math.Min(InflatedBytes, InflatedRatio * fileBytes);
    }

    /// <summary>In several scans: the coefficients of all blocks, in 16 bits. Profiles and EXIF are kept, and put together once more.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="components">Three bytes each, as the frame header has them.</param>
    /// <param name="whole">Whether the codec keeps the whole image.</param>
    /// <param name="fileBytes">Length of the file.</param>
    public static long Jpeg(int width, int height, ReadOnlySpan<byte> components, bool whole, long fileBytes)
    {
        var (maxH, maxV) = (1, 1);
        for (var at = 1; at < components.Length; at += 3)
        {
            (maxH, maxV) = (Math.Max(maxH, components[at] >> 4), Math.Max(maxV, components[at] & 15));
        }

        long coefficients = 0;
        for (var at = 1; whole && at < components.Length; at += 3)
        {
            var (h, v) = (components[at] >> 4, components[at] & 15);
            coefficients += Up(width, 8 * maxH) * h * (Up(height, 8 * maxV) * v) * (64 * sizeof(short));
        }

        return coefficients + Rows(width) + (2 * fileBytes);
    }

    /// <summary>The file is kept whole, and grows by copying.</summary>
    public static long WebP(long width, long height, int pixelBytes, long fileBytes) =>
        (width * height * pixelBytes) + Rows(width) + (2 * fileBytes);

    /// <summary>A strip at a time, which is at most the file; a larger one leaves the one before to the garbage collector. Tags are kept as objects.</summary>
    public static long Tiff(long width, long samples, long bits, long tagBytes, long fileBytes) =>
        (width * samples * bits / 8) + Rows(width) + (2 * fileBytes) + (4 * tagBytes);

    private static long Up(long value, long by) => (value + by - 1) / by;
}
