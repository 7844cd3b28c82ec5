using Chitti.Imaging;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>Decodes what a PDF can't hold as it is, by the same decoder as the inspection: upright and opaque.</summary>
internal static class PictureDecoder
{
    /// <returns>Null when the bytes are no image that can be read.</returns>
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
