using System.Diagnostics.CodeAnalysis;

namespace Chitti.Imaging;

/// <summary>
/// Decodes to upright RGB. Grey becomes three equal channels, transparency is composited over white, and colour profiles
/// are not applied, as in the frameworks that models are trained with. Not thread-safe, because it reuses one buffer.
/// </summary>
/// <param name="limits">Checked against the header before anything is decoded.</param>
/// <param name="time">Clock for the time limit.</param>
/// <param name="budget">Memory is acquired from it, which may wait.</param>
public sealed unsafe class ImageDecoder(ImageLimits limits, TimeProvider time, PixelBudget budget) : IDisposable
{
    private readonly PixelBuffer _buffer = new(budget);

    /// <summary>
    /// Identifies the image, then decodes it. Blocks while other images hold the budget; that time does not count as
    /// decoding.
    /// </summary>
    /// <param name="encoded">A whole image file.</param>
    /// <param name="enough">
    /// Maps the oriented sides to sides that are large enough: a JPEG is then decoded at a reduced DCT scale, if neither
    /// side becomes smaller than that. Null for full scale.
    /// </param>
    /// <param name="image">Must be disposed before the next call.</param>
    /// <param name="fault">Set when the result is false.</param>
    /// <param name="cancellationToken">Ends the wait for the budget, and the decode as soon as its codec asks for more bytes.</param>
    /// <exception cref="OperationCanceledException">The decode was cancelled.</exception>
    /// <exception cref="OutOfMemoryException">There is not enough memory for the pixels.</exception>
    public bool TryDecode(
        ReadOnlyMemory<byte> encoded, Func<int, int, (int Width, int Height)>? enough,
        out DecodedImage image, [NotNullWhen(false)] out ImageFault? fault, CancellationToken cancellationToken = default)
    {
        image = default;
        using var pin = encoded.Pin();
        var bytes = (byte*)pin.Pointer;
        using var stream = new UnmanagedMemoryStream(bytes, encoded.Length);
        var (header, headerFault) = ImageIdentifier.Identify(stream, limits);
        if (header is null)
        {
            fault = headerFault!;
            return false;
        }

        var deadline = new DecodeDeadline(limits.DecodeTimeout, time, cancellationToken);
        var request = new DecodeRequest(header, deadline, _buffer, enough?.Invoke(header.Width, header.Height));
        try
        {
            fault = header.Format == ImageFormat.Tiff
                ? TiffDecoding.Decode(stream, request, out image)
                : SkiaDecoding.Decode(bytes, encoded.Length, request, out image);
        }
        catch
        {
            _buffer.Return();
            throw;
        }
        if (fault is null && !IsWhole(header.Format, stream, encoded.Span))
        {
            image.Dispose();
            fault = new ImageFault(ImageFaultKind.Unreadable, "The file ends before the image does.");
        }
        if (deadline.Passed)
        {
            if (fault is null)
            {
                image.Dispose();
            }

            // Before the limit: what was decoded may end where the codec was stopped, whatever it says.
            cancellationToken.ThrowIfCancellationRequested();
            fault = deadline.Fault;
        }
        return fault is null;
    }

    /// <summary>Frees the buffer.</summary>
    public void Dispose() => _buffer.Dispose();

    private static bool IsWhole(ImageFormat format, Stream stream, ReadOnlySpan<byte> encoded)
    {
        if (format is not (ImageFormat.Jpeg or ImageFormat.Png))
        {
            return true;
        }

        stream.Position = 0;
        var reader = new HeaderReader(stream);
        return format == ImageFormat.Jpeg ? JpegHeader.HasEnd(reader, encoded) : PngHeader.HasEnd(reader);
    }
}
