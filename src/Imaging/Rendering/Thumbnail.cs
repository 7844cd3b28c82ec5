namespace Chitti.Imaging;

/// <summary>Small upright pictures of images.</summary>
public static class Thumbnail
{
    /// <summary>Renders a JPEG whose longer side is at most <paramref name="maxSide"/>; a smaller image keeps its size.</summary>
    /// <param name="encoded">A whole image file.</param>
    /// <param name="decoders">Set the limits and the memory budget of decoding.</param>
    /// <param name="maxSide">Pixels, from 1.</param>
    public static ImageRendering RenderJpeg(ReadOnlyMemory<byte> encoded, ImageDecoders decoders, int maxSide = 320)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSide, 1);
        return RenderSurface.RenderJpeg(encoded, decoders, Fit, draw: null);

        (int Width, int Height) Fit(int width, int height)
        {
            var ratio = Math.Min(1.0, (double)maxSide / Math.Max(width, height));
            return (Math.Max(1, (int)Math.Round(width * ratio)), Math.Max(1, (int)Math.Round(height * ratio)));
        }
    }
}
