namespace Chitti.Imaging;

/// <summary>Reads what an image says of itself, without decoding it and without native code.</summary>
public static class ImageIdentifier
{
    /// <summary>So many first bytes are enough for <see cref="Sniff"/>.</summary>
    public const int SniffLength = 18;

    /// <summary>Tells the format by its first bytes; null where they are none of <see cref="ImageFormat"/>.</summary>
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
    /// Reads the header from the current position of a stream and holds it against limits. Reads at most a megabyte and
    /// decodes nothing, so that an image cut short after its header is found fit here and fails in decoding.
    /// </summary>
    /// <param name="stream">Seekable, at the first byte of the image. Its position afterwards is undefined.</param>
    /// <param name="limits">What the image may be at most.</param>
    /// <returns>
    /// A header; or <see cref="ImageFaultKind.UnknownFormat"/> for other formats and empty files,
    /// <see cref="ImageFaultKind.OverLimit"/> for too many pixels, <see cref="ImageFaultKind.Unreadable"/> for damage.
    /// </returns>
    /// <exception cref="ArgumentException">The stream can't seek.</exception>
    public static ImageIdentification Identify(Stream stream, ImageLimits limits)
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
            return Fault(ImageFaultKind.UnknownFormat, "Not an image that is read: JPEG, PNG, WebP, BMP or TIFF.");
        }

        var parsed = format switch
        {
            ImageFormat.Jpeg => JpegHeader.Read(reader),
            ImageFormat.Png => PngHeader.Read(reader),
            ImageFormat.WebP => WebPHeader.Read(reader),
            ImageFormat.Bmp => BmpHeader.Read(reader),
            _ => TiffHeader.Read(reader),
        };
        return Judge(format, parsed, limits);
    }

    private static ImageIdentification Judge(ImageFormat format, ParsedHeader parsed, ImageLimits limits)
    {
        if (parsed.Problem is not null)
        {
            return Fault(ImageFaultKind.Unreadable, parsed.Problem);
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

        return new ImageIdentification(new ImageHeader(format, (int)width, (int)height, parsed.Orientation), null);
    }

    private static ImageIdentification Fault(ImageFaultKind kind, string detail) => new(null, new ImageFault(kind, detail));
}
