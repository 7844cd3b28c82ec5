using System.Diagnostics.CodeAnalysis;

namespace Chitti.Imaging;

/// <summary>
/// Decodes to upright RGB. Grey becomes three equal channels, transparency is composited over white, and colour profiles
/// are not applied, as in the frameworks that models are trained with. Not thread-safe, because it reuses one buffer.
/// </summary>
/// <param name="limits">Checked against the header before anything is decoded.</param>
/// <param name="time">Clock for the time limit.</param>
/// <param name="budget">Memory is acquired from it, which may wait.</param>
/// <param name="processorTime">Processor time of the calling thread; null for the system's.</param>
/// <param name="giveUpAfter">
/// For quick images only: time by the clock after which a decode is given up. It never waits for memory that slow decodes hold.
/// Null for any image.
/// </param>
/// <param name="stopping">Ends waits for the budget, and lets a decode that has begun finish.</param>
public sealed unsafe class ImageDecoder(
    ImageLimits limits, TimeProvider time, PixelBudget budget, Func<TimeSpan>? processorTime = null, TimeSpan? giveUpAfter = null,
    CancellationToken stopping = default) : IDisposable
{
    private readonly PixelBuffer _buffer = new(budget, quick: giveUpAfter is not null, stopping);

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
    /// <exception cref="OperationCanceledException">The decode was cancelled, or the image is not quick enough for this decoder.</exception>
    /// <exception cref="OutOfMemoryException">There is not enough memory for the pixels.</exception>
    public bool TryDecode(
        ReadOnlyMemory<byte> encoded, Func<int, int, (int Width, int Height)>? enough,
        out DecodedImage image, [NotNullWhen(false)] out ImageFault? fault, CancellationToken cancellationToken = default) =>
        TryDecode(encoded, enough, afterwards: null, out image, out fault, cancellationToken);

    /// <param name="encoded">A whole image file.</param>
    /// <param name="enough">As above.</param>
    /// <param name="afterwards">Maps the header and the bytes of the pixels to the bytes that the caller needs from then until it disposes the image.</param>
    /// <param name="image">Must be disposed before the next call.</param>
    /// <param name="fault">Set when the result is false.</param>
    /// <param name="cancellationToken">As above.</param>
    internal bool TryDecode(
        ReadOnlyMemory<byte> encoded, Func<int, int, (int Width, int Height)>? enough, Func<ImageHeader, long, long>? afterwards,
        out DecodedImage image, [NotNullWhen(false)] out ImageFault? fault, CancellationToken cancellationToken = default)
    {
        image = default;
        using var pin = encoded.Pin();
        var bytes = (byte*)pin.Pointer;
        using var stream = new UnmanagedMemoryStream(bytes, encoded.Length);

        // The scale, and with it the memory needed, is known only below.
        var identified = ImageIdentifier.Identify(stream, limits, long.MaxValue);
        if (identified.Header is not { } header)
        {
            fault = identified.Fault!;
            return false;
        }

        var deadline = new DecodeDeadline(limits.DecodeTimeout, time, processorTime, giveUpAfter, cancellationToken);
        var request = DecodeRequest.Create(header, deadline, enough?.Invoke(header.Width, header.Height));
        if ((header.Format == ImageFormat.WebP ? WebPCodeTables.FindMaxBytes(encoded.Span) : 0) is not { } tables)
        {
            fault = new ImageFault(ImageFaultKind.Unreadable, "The image's data is damaged, or the file ends before the image does.");
            return false;
        }

        var codec = identified.CodecBytes + tables;
        var kept = afterwards?.Invoke(header, request.PixelBytes) ?? request.PixelBytes;
        var needed = Math.Max(codec + request.PixelBytes, kept);
        if (needed > budget.MaxBytes)
        {
            fault = ImageIdentifier.OverBudget(needed, budget.MaxBytes);
            return false;
        }

        try
        {
            var pixels = _buffer.Rent(request.PixelBytes, needed, deadline);
            fault = header.Format == ImageFormat.Tiff
                ? TiffDecoding.Decode(stream, request, pixels)
                : SkiaDecoding.Decode(bytes, encoded.Length, request, pixels);
            if (fault is null && !IsWhole(header.Format, encoded.Span))
            {
                fault = new ImageFault(ImageFaultKind.Unreadable, "The file ends before the image does.");
            }

            // To a codec that was cancelled, or whose time is up, the file seems to end.
            cancellationToken.ThrowIfCancellationRequested();
            if (deadline.GivenUp)
            {
                throw new OperationCanceledException("The image takes long to decode.");
            }

            fault = deadline.Fault ?? fault;
            if (fault is null)
            {
                _buffer.Keep(kept);
                image = new DecodedImage(request, _buffer, pixels);
                return true;
            }
        }
        catch
        {
            _buffer.Return();
            throw;
        }

        _buffer.Return();
        return false;
    }

    /// <summary>Frees the buffer.</summary>
    public void Dispose() => _buffer.Dispose();

    private static bool IsWhole(ImageFormat format, ReadOnlySpan<byte> encoded) => format switch
    {
        ImageFormat.Jpeg => JpegHeader.HasEnd(encoded),
        ImageFormat.Png => PngHeader.HasEnd(encoded),
        _ => true,
    };
}
