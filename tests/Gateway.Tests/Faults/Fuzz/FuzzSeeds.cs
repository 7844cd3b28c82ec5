using System.Text;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>Small sound images of every kind that is read, by the name of the kind. All are made by this code.</summary>
internal static class FuzzSeeds
{
    private const int Width = 67;
    private const int Height = 45;
    private static readonly (int, int) _one = (1, 1);

    public static IReadOnlyList<(string Name, byte[] Bytes)> All { get; } = [.. Pngs(), .. Jpegs(), .. Bmps(), .. Tiffs(), .. WebPs()];

    private static IEnumerable<(string, byte[])> Pngs()
    {
        foreach (var (type, name, depths) in new[] { (0, "grey", new[] { 1, 4, 8, 16 }), (2, "rgb", [8, 16]), (3, "palette", [1, 4, 8]), (4, "grey-alpha", [8, 16]), (6, "rgba", [8, 16]) })
        {
            foreach (var bits in depths)
            {
                yield return ($"png {name} {bits}", (Png() with { ColourType = type, Bits = bits }).ToArray());
            }

            yield return ($"png {name} interlaced", (Png() with { ColourType = type, Interlaced = true }).ToArray());
        }

        yield return ("png rgba 16 interlaced", (Png() with { ColourType = 6, Bits = 16, Interlaced = true }).ToArray());
        yield return ("png transparent colour", (Png() with { Before = png => PngMaker.WriteChunk(png, "tRNS", [0, 96, 0, 96, 0, 96]) }).ToArray());
        yield return ("png with texts", (Png() with { Before = WriteTexts, After = WriteTexts }).ToArray());
        yield return ("png with profile", (Png() with { Before = png => PngMaker.WriteChunk(png, "iCCP", [(byte)'p', 0, 0, .. PngMaker.Deflate(zlib => zlib.Write(new byte[600]))]) }).ToArray());
        yield return ("png with orientation", (Png() with { Before = png => PngMaker.WriteChunk(png, "eXIf", Exif(6)) }).ToArray());
    }

    private static IEnumerable<(string, byte[])> Jpegs()
    {
        foreach (var (name, sampling) in new[]
        {
            ("4:4:4", new[] { _one, _one, _one }), ("4:2:2", [(2, 1), _one, _one]), ("4:2:0", [(2, 2), _one, _one]), ("4:1:1", [(4, 1), _one, _one]),
            ("grey", [_one]), ("four components", [_one, _one, _one, _one]),
        })
        {
            var jpeg = new JpegMaker(Width, Height) { Sampling = sampling };
            yield return ($"jpeg {name}", jpeg.ToArray());
            yield return ($"jpeg {name} progressive", (jpeg with { Progressive = true }).ToArray());
        }

        yield return ("jpeg in three scans", new JpegMaker(Width, Height) { Interleaved = false }.ToArray());
        yield return ("jpeg with exif and profile", new JpegMaker(Width, Height)
        {
            Segments = [(0xE1, [.. "Exif\0\0"u8, .. Exif(6)]), (0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. new byte[300]]), (0xFE, "a comment"u8.ToArray())],
        }.ToArray());
        yield return ("jpeg of an encoder", Encode(SKEncodedImageFormat.Jpeg));
        yield return ("jpeg sample", Pictures.Sample("good-1.jpg"));
    }

    private static IEnumerable<(string, byte[])> Bmps()
    {
        foreach (var bits in new[] { 1, 4, 8, 24, 32 })
        {
            yield return ($"bmp {bits}", new BmpMaker(Width, Height) { Bits = bits }.ToArray());
        }

        yield return ("bmp runs of 8", new BmpMaker(Width, Height) { Bits = 8, Compression = 1 }.ToArray());
        yield return ("bmp runs of 4", new BmpMaker(Width, Height) { Bits = 4, Compression = 2 }.ToArray());
        yield return ("bmp fields of 16", new BmpMaker(Width, Height) { Bits = 16, Compression = 3 }.ToArray());
        yield return ("bmp core header", new BmpMaker(Width, Height) { Core = true }.ToArray());
        yield return ("bmp top down", new BmpMaker(Width, Height) { TopDown = true }.ToArray());
    }

    private static IEnumerable<(string, byte[])> Tiffs()
    {
        foreach (var compression in new[] { 1, 5, 8, 32773 })
        {
            var tiff = new TiffMaker(Width, Height) { Compression = compression };
            yield return ($"tiff compression {compression}", tiff.ToArray());
            yield return ($"tiff compression {compression} grey 16 big-endian", (tiff with { Samples = 1, Bits = 16, BigEndian = true }).ToArray());
        }

        yield return ("tiff planar", new TiffMaker(Width, Height) { Planar = true }.ToArray());
        yield return ("tiff rgba, turned", new TiffMaker(Width, Height) { Samples = 4, Orientation = 8, RowsPerStrip = Height }.ToArray());
    }

    private static IEnumerable<(string, byte[])> WebPs()
    {
        yield return ("webp lossless of one colour", WebPMaker.Lossless(Width, Height));
        yield return ("webp lossless of code sets", WebPMaker.Lossless(Width, Height, 50));
        yield return ("webp lossy", Encode(SKEncodedImageFormat.Webp));
        yield return ("webp lossless of an encoder", Lossless());
        yield return ("webp animation", WebPMaker.Extended(
            Width, Height, 2, ("ANIM", new byte[6]), WebPMaker.Frame(0, 0, Width, Height, 0, ("VP8L", WebPMaker.LosslessChunk(Width, Height)))));
        yield return ("webp with orientation", WebPMaker.Extended(Width, Height, 8, ("VP8L", WebPMaker.LosslessChunk(Width, Height)), ("EXIF", Exif(3))));
    }

    private static PngMaker Png()
    {
        var number = 0;
        return new PngMaker(Width, Height) { Row = row => new Random(number++ / 4).NextBytes(row) };
    }

    private static void WriteTexts(Stream png)
    {
        PngMaker.WriteChunk(png, "tEXt", Encoding.ASCII.GetBytes("Comment\0some text"));
        PngMaker.WriteChunk(png, "zTXt", [.. "Comment\0\0"u8, .. PngMaker.Deflate(zlib => zlib.Write(new byte[5_000]))]);
        PngMaker.WriteChunk(png, "iTXt", [.. "Comment\0\0\0\0\0"u8, .. "text"u8]);
    }

    private static byte[] Exif(byte orientation) => [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];

    private static SKBitmap Texture()
    {
        var bitmap = new SKBitmap(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        for (var i = 0; i < Width * Height; i++)
        {
            bitmap.SetPixel(i % Width, i / Width, new SKColor((byte)(i * 3), (byte)(i / Width * 5), (byte)(i * i), (byte)(i / 9)));
        }

        return bitmap;
    }

    private static byte[] Encode(SKEncodedImageFormat format)
    {
        using var bitmap = Texture();
        using var data = bitmap.Encode(format, 80);
        return data!.ToArray();
    }

    private static byte[] Lossless()
    {
        using var bitmap = Texture();
        using var data = bitmap.PeekPixels()!.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 60));
        return data!.ToArray();
    }
}
