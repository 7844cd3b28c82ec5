using SkiaSharp;

namespace Chitti.Imaging;

/// <summary>Draws decoded pixels upright at a given size and encodes the result.</summary>
internal static class RenderSurface
{
    private const int JpegQuality = 90;

    /// <summary>Decodes, draws over the picture, and encodes.</summary>
    /// <param name="encoded">A whole image file.</param>
    /// <param name="decoders">Set the limits and the memory budget of decoding.</param>
    /// <param name="size">Maps the original's oriented sides to the picture's.</param>
    /// <param name="draw">Draws over the picture, in its pixels.</param>
    public static ImageRendering RenderJpeg(
        ReadOnlyMemory<byte> encoded, ImageDecoders decoders, Func<int, int, (int Width, int Height)> size, Action<SKCanvas, SKSizeI>? draw)
    {
        using var decoder = decoders.Create();
        if (!decoder.TryDecode(encoded, size, out var image, out var fault))
        {
            return new ImageRendering(null, fault);
        }

        using (image)
        {
            var (width, height) = size(image.Header.Width, image.Header.Height);
            using var target = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgb888x, SKAlphaType.Opaque));
            using var canvas = new SKCanvas(target);
            DrawUpright(canvas, image, width, height);
            draw?.Invoke(canvas, new SKSizeI(width, height));
            canvas.Flush();
            using var jpeg = target.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
            return new ImageRendering(jpeg.ToArray(), null);
        }
    }

    private static unsafe void DrawUpright(SKCanvas canvas, in DecodedImage image, int width, int height)
    {
        var info = new SKImageInfo(image.StoredWidth, image.StoredHeight, SKColorType.Rgb888x, SKAlphaType.Opaque);
        using var stored = SKImage.FromPixels(info, (IntPtr)image.Pixels);
        using var paint = new SKPaint { BlendMode = SKBlendMode.Src };
        canvas.Save();
        canvas.Scale((float)width / image.Width, (float)height / image.Height);
        canvas.Concat(Orientation.ToUpright(image.Header.Orientation, image.StoredWidth, image.StoredHeight));
        var exact = width == image.Width && height == image.Height;
        var sampling = exact ? SKSamplingOptions.Default : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
        canvas.DrawImage(stored, 0, 0, sampling, paint);
        canvas.Restore();
    }
}
