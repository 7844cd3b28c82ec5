namespace Chitti.Imaging;

/// <summary>
/// Decoded pixels in stored order: 8-bit R, G, B and an unused byte. The strides apply the orientation, so no pixels are
/// copied to rotate an image. Valid until disposed.
/// </summary>
public readonly unsafe struct DecodedImage : IDisposable
{
    private readonly PixelBuffer _buffer;

    /// <param name="request">The request.</param>
    /// <param name="buffer">Holds the pixels; returned on disposal.</param>
    /// <param name="pixels">First stored pixel.</param>
    internal DecodedImage(DecodeRequest request, PixelBuffer buffer, byte* pixels)
    {
        _buffer = buffer;
        Header = request.Header;
        Waited = request.Deadline.Waited;
        Pixels = pixels;
        (StoredWidth, StoredHeight) = (request.Width, request.Height);

        (var origin, ColumnStride, RowStride) = Orientation.Strides(Header.Orientation, StoredWidth, StoredHeight, pixelBytes: 4);
        Origin = pixels + origin;
        (Width, Height) = Orientation.SwapsSides(Header.Orientation) ? (StoredHeight, StoredWidth) : (StoredWidth, StoredHeight);
    }

    /// <summary>Header of the original, whose sides are larger if the image was decoded at a reduced scale.</summary>
    public ImageHeader Header { get; }

    /// <summary>How long decoding waited for memory that other images held.</summary>
    public TimeSpan Waited { get; }

    internal byte* Pixels { get; }

    internal int StoredWidth { get; }

    internal int StoredHeight { get; }

    /// <summary>The pixel that is top left after orientation.</summary>
    public byte* Origin { get; }

    /// <summary>Bytes from a pixel to its right neighbour after orientation.</summary>
    public nint ColumnStride { get; }

    /// <summary>Bytes from a pixel to the one below it after orientation.</summary>
    public nint RowStride { get; }

    /// <summary>Side in decoded pixels, after orientation.</summary>
    public int Width { get; }

    /// <summary>Side in decoded pixels, after orientation.</summary>
    public int Height { get; }

    /// <summary>The colour of a pixel, addressed after orientation; the coordinates are not checked.</summary>
    public (byte R, byte G, byte B) this[int x, int y]
    {
        get
        {
            var pixel = Origin + (x * ColumnStride) + (y * RowStride);
            return (pixel[0], pixel[1], pixel[2]);
        }
    }

    /// <summary>The whole image.</summary>
    public PixelView View => new((nint)Origin, ColumnStride, RowStride, Width, Height);

    /// <summary>A part of the image.</summary>
    /// <param name="x">Left edge, in decoded pixels after orientation.</param>
    /// <param name="y">Top edge.</param>
    /// <param name="width">At least 1; the part must lie within the image.</param>
    /// <param name="height">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the image.</exception>
    public PixelView Part(int x, int y, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Width - x);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, Height - y);
        return new((nint)(Origin + (x * ColumnStride) + (y * RowStride)), ColumnStride, RowStride, width, height);
    }

    /// <summary>Frees the pixels' memory but keeps its share of the budget, for what is made from them.</summary>
    internal void DropPixels() => _buffer.ReturnMemory();

    /// <summary>Returns the pixels' memory to the decoder.</summary>
    public void Dispose() => _buffer.Return();
}
