using SkiaSharp;

namespace Chitti.Imaging;

/// <summary>
/// EXIF orientation (JEITA CP-3451, tag 0x0112) as a transform from stored to upright pixels: from 5 on, rows and columns
/// are swapped; then columns, rows or both are mirrored.
/// </summary>
public static class Orientation
{
    /// <summary>Stored upright; also the value of an image without the tag.</summary>
    public const int Upright = 1;

    /// <summary>Returns 1..8 unchanged, and <see cref="Upright"/> for anything else.</summary>
    public static int Normalise(long value) => value is >= 1 and <= 8 ? (int)value : Upright;

    /// <summary>Whether stored columns become rows, which swaps width and height.</summary>
    public static bool SwapsSides(int orientation) => orientation >= 5;

    /// <summary>The transform from stored to upright pixels.</summary>
    /// <param name="orientation">1..8.</param>
    /// <param name="storedWidth">Pixels, before orientation.</param>
    /// <param name="storedHeight">Pixels, before orientation.</param>
    public static SKMatrix ToUpright(int orientation, float storedWidth, float storedHeight)
    {
        var swaps = SwapsSides(orientation);
        var (width, height) = swaps ? (storedHeight, storedWidth) : (storedWidth, storedHeight);
        var (mirrorsX, mirrorsY) = Mirrors(orientation);
        var (x, fromX) = mirrorsX ? (-1f, width) : (1f, 0f);
        var (y, fromY) = mirrorsY ? (-1f, height) : (1f, 0f);
        return swaps ? new(0, x, fromX, y, 0, fromY, 0, 0, 1) : new(x, 0, fromX, 0, y, fromY, 0, 0, 1);
    }

    /// <summary>
    /// Strides that give upright pixels in memory that holds them as stored, row by row without padding.
    /// </summary>
    /// <param name="orientation">1..8.</param>
    /// <param name="storedWidth">Pixels, before orientation.</param>
    /// <param name="storedHeight">Pixels, before orientation.</param>
    /// <param name="pixelBytes">Bytes of one pixel.</param>
    /// <returns>Bytes from the first stored pixel to the upright top left one, and from a pixel to its right and lower neighbours.</returns>
    internal static (nint Origin, nint Column, nint Row) Strides(int orientation, int storedWidth, int storedHeight, int pixelBytes)
    {
        nint column = pixelBytes, row = pixelBytes * (nint)storedWidth;
        var (width, height) = (storedWidth, storedHeight);
        if (SwapsSides(orientation))
        {
            (column, row) = (row, column);
            (width, height) = (height, width);
        }

        nint origin = 0;
        var (mirrorsX, mirrorsY) = Mirrors(orientation);
        if (mirrorsX)
        {
            origin += column * (width - 1);
            column = -column;
        }

        if (mirrorsY)
        {
            origin += row * (height - 1);
            row = -row;
        }

        return (origin, column, row);
    }

    private static (bool X, bool Y) Mirrors(int orientation) => (orientation is 2 or 3 or 6 or 7, orientation is 3 or 4 or 7 or 8);
}
