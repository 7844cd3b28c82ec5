namespace Chitti.Imaging;

/// <summary>A part of a decoded image, after orientation. Valid as long as the image is not disposed.</summary>
/// <param name="Origin">The pixel that is top left: 8-bit R, G, B and an unused byte.</param>
/// <param name="ColumnStride">Bytes from a pixel to its right neighbour.</param>
/// <param name="RowStride">Bytes from a pixel to the one below it.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public readonly unsafe record struct PixelView(nint Origin, nint ColumnStride, nint RowStride, int Width, int Height)
{
    /// <summary>The pixel that is top left.</summary>
    public byte* Pixels => (byte*)Origin;

    /// <summary>Grey levels, 0.299 R + 0.587 G + 0.114 B, in rows from the top without padding.</summary>
    public byte[] ToGrey()
    {
        var grey = GC.AllocateUninitializedArray<byte>(Width * Height);
        fixed (byte* first = grey)
        {
            for (var y = 0; y < Height; y++)
            {
                var source = Pixels + (y * RowStride);
                var target = first + (y * Width);
                for (var x = 0; x < Width; x++, source += ColumnStride)
                {
                    // Weights of 16 bits, as OpenCV rounds.
                    target[x] = (byte)(((19595 * source[0]) + (38470 * source[1]) + (7471 * source[2]) + 32768) >> 16);
                }
            }
        }

        return grey;
    }
}
