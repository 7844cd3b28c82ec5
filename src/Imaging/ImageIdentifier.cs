namespace Chitti.Imaging;

/// <summary>Reads image headers, without decoding the image and without native code.</summary>
public static class ImageIdentifier
{
    /// <summary>Number of leading bytes that <see cref="Sniff"/> needs.</summary>
    public const int SniffLength = 18;

    /// <summary>Detects the format from the first bytes; null if it is not one of <see cref="ImageFormat"/>.</summary>
    /// <param name="firstBytes">The first <see cref="SniffLength"/> bytes, or all of a shorter file.</param>
    public static ImageFormat? Sniff(ReadOnlySpan<byte> firstBytes)
    {
        if (firstBytes.StartsWith(JpegHeader.Magic))
        {
            return ImageFormat.Jpeg;
        }

        if (firstBytes.StartsWith(PngHeader.Magic))
        {
            return ImageFormat.Png;
        }

        if (WebPHeader.IsMagic(firstBytes))
        {
            return ImageFormat.WebP;
        }

        if (BmpHeader.IsMagic(firstBytes))
        {
            return ImageFormat.Bmp;
        }

        return TiffHeader.IsMagic(firstBytes) ? ImageFormat.Tiff : null;
    }

    /// <summary>
    /// Reads the header at the current position of a stream and checks it against limits. Reads at most 1 MiB and decodes
    /// nothing, so an image truncated after its header passes here and fails when decoded.
    /// </summary>
    /// <param name="stream">Seekable, at the first byte of the image. Its position afterwards is undefined.</param>
    /// <param name="limits">Limits on the image.</param>
    /// <param name="decodedBytes">Most bytes that decoding it at full scale may hold in memory.</param>
    /// <returns>
    /// A header; or <see cref="ImageFaultKind.UnknownFormat"/> for other formats and empty files,
    /// <see cref="ImageFaultKind.OverLimit"/> for too many pixels or too much memory,
    /// <see cref="ImageFaultKind.ManyPictures"/> for several pages, frames or views,
    /// <see cref="ImageFaultKind.Unreadable"/> for damage and unsupported variants.
    /// </returns>
    /// <exception cref="ArgumentException">The stream can't seek.</exception>
    public static ImageIdentification Identify(Stream stream, ImageLimits limits, long decodedBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The stream must be seekable.", nameof(stream));
        }

        var reader = new HeaderReader(stream);
        if (reader.Length == 0)
        {
            return Fault(ImageFaultKind.UnknownFormat, "The file is empty.");
        }

        Span<byte> first = stackalloc byte[SniffLength];
        first = first[..reader.ReadUpTo(first)];
        if (Sniff(first) is not { } format)
        {
            return Fault(ImageFaultKind.UnknownFormat, "Not a supported image; supported are JPEG, PNG, WebP, BMP and TIFF.");
        }

        var parsed = format switch
        {
            ImageFormat.Jpeg => JpegHeader.Read(reader),
            ImageFormat.Png => PngHeader.Read(reader),
            ImageFormat.WebP => WebPHeader.Read(reader),
            ImageFormat.Bmp => BmpHeader.Read(reader),
            _ => TiffHeader.Read(reader),
        };
        return reader.IsSpent
            ? Fault(ImageFaultKind.Unreadable, "The image has too many parts before its pixels; they were not read to the end.")
            : Judge(format, parsed, limits, decodedBytes);
    }

    internal static ImageFault OverBudget(long needed, long allowed) => new(
        ImageFaultKind.OverLimit, $"Decoding the image needs {needed} bytes of memory; at most {allowed} are allowed.");

    private static ImageIdentification Judge(ImageFormat format, ParsedHeader parsed, ImageLimits limits, long decodedBytes)
    {
        if (parsed.Fault is not null)
        {
            return Fault(parsed.FaultKind, parsed.Fault);
        }

        var (width, height) = Orientation.SwapsSides(parsed.Orientation) ? (parsed.Height, parsed.Width) : (parsed.Width, parsed.Height);
        if (width <= 0 || height <= 0)
        {
            return Fault(ImageFaultKind.Unreadable, $"The header gives {width} x {height} pixels.");
        }

        if (width > limits.MaxSide || height > limits.MaxSide)
        {
            return Fault(ImageFaultKind.OverLimit, $"The image has {width} x {height} pixels; no side may be over {limits.MaxSide}.");
        }

        if (width * height > limits.MaxPixels)
        {
            return Fault(ImageFaultKind.OverLimit,
                $"The image has {width} x {height} = {width * height} pixels; at most {limits.MaxPixels} are allowed.");
        }

        var needed = parsed.CodecBytes + (4 * width * height);
        return needed > decodedBytes
            ? new(null, OverBudget(needed, decodedBytes))
            : new(new ImageHeader(format, (int)width, (int)height, parsed.Orientation), null) { CodecBytes = parsed.CodecBytes };
    }

    private static ImageIdentification Fault(ImageFaultKind kind, string detail) => new(null, new ImageFault(kind, detail));
}
