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
}
