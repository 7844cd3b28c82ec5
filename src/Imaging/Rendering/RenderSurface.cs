using SkiaSharp;

namespace Chitti.Imaging;

/// <summary>Decodes to an upright bitmap of a given size, within the budget, and encodes what was drawn over it.</summary>
internal static class RenderSurface
{
    private const int JpegQuality = 90;

    // What encoding a JPEG takes for a pixel besides the bitmap: libjpeg keeps the coefficients of the whole image (4:2:0) for
    // its best Huffman tables, then the result stands in Skia's pieces, in one block, and in an array.
    private const double EncoderBytesOfPixel = 4.5;

    /// <summary>Decodes, draws over the picture, and encodes.</summary>
    /// <param name="encoded">A whole image file.</param>
    /// <param name="decoders">Set the limits and the memory budget of decoding.</param>
    /// <param name="size">Maps the original's oriented sides to the picture's.</param>
    /// <param name="draw">Draws over the picture, in its pixels.</param>
    public static ImageRendering RenderJpeg(
        ReadOnlyMemory<byte> encoded, ImageDecoders decoders, Func<int, int, (int Width, int Height)> size, Action<SKCanvas, SKSizeI>? draw)
    {
        byte[]? encodedAgain = null;
        var fault = Use(encoded, decoders, size, bitmap =>
        {
            if (draw is not null)
            {
                using var canvas = new SKCanvas(bitmap);
                draw(canvas, new SKSizeI(bitmap.Width, bitmap.Height));
            }

            using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
            encodedAgain = jpeg.ToArray();
        });
        return new ImageRendering(encodedAgain, fault);
    }

    /// <summary>Decodes to a bitmap that is valid during the call, with a place in the budget for encoding it as JPEG.</summary>
    /// <returns>Null, or why there is no bitmap.</returns>
    public static ImageFault? Use(
        ReadOnlyMemory<byte> encoded, ImageDecoders decoders, Func<int, int, (int Width, int Height)> size, Action<SKBitmap> use)
    {
        using var decoder = decoders.Create();
        if (!decoder.TryDecode(encoded, size, Needed, out var image, out var fault))
        {
            return fault;
        }

        using (image)
        {
            var (width, height) = size(image.Header.Width, image.Header.Height);
            using var bitmap = IsUpright(image.Header) && (width, height) == (image.Width, image.Height) ? Wrap(image) : Redraw(image, width, height);
            use(bitmap);
            return null;
        }

        long Needed(ImageHeader header, long pixelBytes)
        {
            var (width, height) = size(header.Width, header.Height);
            var bytes = 4L * width * height;
            var redraws = !IsUpright(header) || bytes != pixelBytes;
            return Math.Max(pixelBytes + (redraws ? bytes : 0), bytes + (long)(EncoderBytesOfPixel * width * height));
        }
    }

    private static bool IsUpright(ImageHeader header) => header.Orientation == Orientation.Upright;

    private static SKImageInfo Info(int width, int height) => new(width, height, SKColorType.Rgb888x, SKAlphaType.Opaque);

    /// <summary>The decoded pixels themselves.</summary>
    private static unsafe SKBitmap Wrap(in DecodedImage image)
    {
        var bitmap = new SKBitmap();
        bitmap.InstallPixels(Info(image.Width, image.Height), (IntPtr)image.Pixels);
        return bitmap;
    }

    private static unsafe SKBitmap Redraw(in DecodedImage image, int width, int height)
    {
        var bitmap = new SKBitmap(Info(width, height));
        using var canvas = new SKCanvas(bitmap);
        using var stored = SKImage.FromPixels(Info(image.StoredWidth, image.StoredHeight), (IntPtr)image.Pixels);
        using var paint = new SKPaint { BlendMode = SKBlendMode.Src };
        canvas.Scale((float)width / image.Width, (float)height / image.Height);
        canvas.Concat(Orientation.ToUpright(image.Header.Orientation, image.StoredWidth, image.StoredHeight));
        var exact = width == image.Width && height == image.Height;
        var sampling = exact ? SKSamplingOptions.Default : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
        canvas.DrawImage(stored, 0, 0, sampling, paint);
        canvas.Flush();
        image.DropPixels();
        return bitmap;
    }
}
