using SkiaSharp;

namespace Chitti.Registration.Tests;

/// <summary>Grey pictures from Skia, and what a camera does to them.</summary>
internal static class Drawing
{
    public static GreyPlane Render(int width, int height, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Black);
        // Pixel centres have whole coordinates here, and halves in Skia.
        canvas.Translate(0.5f, 0.5f);
        draw(canvas);
        canvas.Flush();
        return FromBitmap(bitmap);
    }

    public static GreyPlane Load(string path)
    {
        // Skia's own conversion to grey while decoding is not the same for every codec.
        using var bitmap = SKBitmap.Decode(path, Info(path));
        var colours = bitmap.Pixels;
        return new(
            bitmap.Width, bitmap.Height, [.. colours.Select(colour => (byte)((299 * colour.Red + 587 * colour.Green + 114 * colour.Blue + 500) / 1000))]);
    }

    public static SKMatrix Matrix(in PlaneTransform map) => new(
        (float)map.A, (float)map.B, (float)map.C, (float)map.D, (float)map.E, (float)map.F, (float)map.G, (float)map.H, 1);

    /// <summary>A picture of a picture.</summary>
    public static GreyPlane Warp(GreyPlane source, PlaneTransform toPicture, int? width = null, int? height = null) =>
        Render(width ?? source.Width, height ?? source.Height, canvas =>
        {
            using var bitmap = new SKBitmap(new SKImageInfo(source.Width, source.Height, SKColorType.Gray8, SKAlphaType.Opaque));
            source.Pixels.CopyTo(bitmap.GetPixelSpan());
            using var image = SKImage.FromBitmap(bitmap);
            canvas.Concat(Matrix(toPicture));
            canvas.Translate(-0.5f, -0.5f);
            canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKCubicResampler.CatmullRom));
        });

    /// <summary>Other brightness and contrast, and noise.</summary>
    public static GreyPlane Expose(GreyPlane plane, double gain, double offset, double noise, Random random) => new(
        plane.Width, plane.Height, [.. plane.Pixels.Select(value => (byte)Math.Clamp((value * gain) + offset + (noise * Normal(random)), 0, 255))]);

    /// <summary>The same picture with something done to each pixel.</summary>
    public static GreyPlane Map(GreyPlane plane, Func<int, int, byte, byte> pixel) => new(
        plane.Width, plane.Height, [.. plane.Pixels.Select((value, i) => pixel(i % plane.Width, i / plane.Width, value))]);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static SKImageInfo Info(string path)
    {
        using var codec = SKCodec.Create(path);
        return new(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
    }

    private static GreyPlane FromBitmap(SKBitmap bitmap)
    {
        var pixels = new byte[bitmap.Width * bitmap.Height];
        for (var y = 0; y < bitmap.Height; y++)
        {
            bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, bitmap.Width).CopyTo(pixels.AsSpan(y * bitmap.Width));
        }

        return new(bitmap.Width, bitmap.Height, pixels);
    }
}
