using Chitti.Imaging;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>
/// Decodes images that a PDF can't embed as they are, with the same decoder as the inspection: upright and opaque.
/// </summary>
internal static class PictureDecoder
{
    /// <returns>Null if the bytes are not a readable image.</returns>
    public static SKBitmap? Decode(ReadOnlyMemory<byte> encoded, ImageDecoders decoders)
    {
        using var decoder = decoders.Create();
        if (!decoder.TryDecode(encoded, enough: null, out var image, out _))
        {
            return null;
        }

        using (image)
        {
            var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgb888x, SKAlphaType.Opaque));
            var pixels = bitmap.GetPixelSpan();
            for (var y = 0; y < image.Height; y++)
            {
                var row = pixels.Slice(y * bitmap.RowBytes, image.Width * 4);
                for (var x = 0; x < image.Width; x++)
                {
                    (row[4 * x], row[(4 * x) + 1], row[(4 * x) + 2]) = image[x, y];
                }
            }
            bitmap.SetImmutable();
            return bitmap;
        }
    }
}
