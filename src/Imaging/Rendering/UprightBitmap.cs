using SkiaSharp;

namespace Chitti.Imaging;

/// <summary>Decoded images as bitmaps, for those who draw or encode them.</summary>
public static class UprightBitmap
{
    /// <summary>Decodes an image at full scale, upright and opaque, within the memory budget, which has a place for encoding it as JPEG too.</summary>
    /// <param name="encoded">A whole image file.</param>
    /// <param name="decoders">Limits and memory of decoding.</param>
    /// <param name="use">Gets the bitmap, which is valid during the call.</param>
    /// <returns>Null, or why there is no bitmap.</returns>
    public static ImageFault? Use(ReadOnlyMemory<byte> encoded, ImageDecoders decoders, Action<SKBitmap> use) =>
        RenderSurface.Use(encoded, decoders, (width, height) => (width, height), use);
}
