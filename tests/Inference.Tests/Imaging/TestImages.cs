using BitMiracle.LibTiff.Classic;
using SkiaSharp;

namespace Chitti.Inference.Tests;

/// <summary>Generated images. The pattern differs in every corner, so each orientation gives a different image.</summary>
internal static class TestImages
{
    public const int Width = 48;
    public const int Height = 32;

    public static (byte R, byte G, byte B) Pattern(int x, int y, int width = Width, int height = Height) =>
        (x < width / 2, y < height / 2) switch
        {
            (true, true) => (200, 40, 40),
            (false, true) => (40, 180, 60),
            (true, false) => (50, 60, 200),
            _ => (220, 210, 30),
        };

    public static byte[] Encode(SKEncodedImageFormat format, int width = Width, int height = Height, byte alpha = 255, int quality = 100)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, alpha == 255 ? SKAlphaType.Opaque : SKAlphaType.Unpremul));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (r, g, b) = Pattern(x, y, width, height);
                bitmap.SetPixel(x, y, new SKColor(r, g, b, alpha));
            }
        }
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    /// <summary>Noise compresses badly, so cutting off a few bytes at the end loses pixels.</summary>
    public static byte[] EncodeNoise(SKEncodedImageFormat format, int width, int height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        new Random(1).NextBytes(bitmap.GetPixelSpan());
        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    public static byte[] GreyJpeg()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Gray8));
        bitmap.GetPixelSpan().Fill(77);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 100);
        return data.ToArray();
    }

    public static byte[] Bmp()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var row = Width * 3;
        writer.Write("BM"u8);
        writer.Write(54 + (row * Height));
        writer.Write(0);
        writer.Write(54);
        writer.Write(40);
        writer.Write(Width);
        writer.Write(Height);
        writer.Write((short)1);
        writer.Write((short)24);
        writer.Write(new byte[24]);
        for (var y = Height - 1; y >= 0; y--)
        {
            for (var x = 0; x < Width; x++)
            {
                var (r, g, b) = Pattern(x, y);
                writer.Write([b, g, r]);
            }
        }
        writer.Flush();
        return stream.ToArray();
    }

    public static byte[] Tiff(Compression compression, int bits, int samples, PlanarConfig planar = PlanarConfig.CONTIG, bool bigEndian = false, Photometric? photometric = null, SampleFormat format = SampleFormat.UINT)
    {
        using var stream = new MemoryStream();
        using (var tiff = BitMiracle.LibTiff.Classic.Tiff.ClientOpen("test", bigEndian ? "wb" : "wl", stream, new KeptOpen()))
        {
            tiff.SetField(TiffTag.IMAGEWIDTH, Width);
            tiff.SetField(TiffTag.IMAGELENGTH, Height);
            tiff.SetField(TiffTag.BITSPERSAMPLE, bits);
            tiff.SetField(TiffTag.SAMPLESPERPIXEL, samples);
            tiff.SetField(TiffTag.PHOTOMETRIC, photometric ?? (samples < 3 ? Photometric.MINISBLACK : Photometric.RGB));
            tiff.SetField(TiffTag.COMPRESSION, compression);
            tiff.SetField(TiffTag.PLANARCONFIG, planar);
            tiff.SetField(TiffTag.SAMPLEFORMAT, format);
            tiff.SetField(TiffTag.ROWSPERSTRIP, 8);
            if (samples is 2 or 4)
            {
                tiff.SetField(TiffTag.EXTRASAMPLES, 1, new short[] { (short)ExtraSample.UNASSALPHA });
            }

            var planes = planar == PlanarConfig.SEPARATE ? samples : 1;
            for (var plane = 0; plane < planes; plane++)
            {
                for (var y = 0; y < Height; y++)
                {
                    tiff.WriteScanline(Row(y, bits, samples, planes > 1 ? plane : null), y, (short)plane);
                }
            }
        }
        return stream.ToArray();
    }

    /// <summary>A TIFF with one directory for each kind; null for a page without one.</summary>
    public static byte[] TiffOf(params FileType?[] kinds)
    {
        using var stream = new MemoryStream();
        using (var tiff = BitMiracle.LibTiff.Classic.Tiff.ClientOpen("test", "wl", stream, new KeptOpen()))
        {
            foreach (var kind in kinds)
            {
                if (kind is { } value)
                {
                    tiff.SetField(TiffTag.SUBFILETYPE, value);
                }

                tiff.SetField(TiffTag.IMAGEWIDTH, Width);
                tiff.SetField(TiffTag.IMAGELENGTH, Height);
                tiff.SetField(TiffTag.BITSPERSAMPLE, 8);
                tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
                tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
                tiff.SetField(TiffTag.ROWSPERSTRIP, Height);
                for (var y = 0; y < Height; y++)
                {
                    tiff.WriteScanline(Row(y, 8, 1, null), y);
                }

                tiff.WriteDirectory();
            }
        }
        return stream.ToArray();
    }

    public static byte[] WithExif(byte[] jpeg, byte[] tiffBlock)
    {
        byte[] content = [.. "Exif\0\0"u8, .. tiffBlock];
        var length = content.Length + 2;
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. content, .. jpeg[2..]];
    }

    public static byte[] OrientationBlock(int orientation, bool bigEndian = false) => bigEndian
        ? [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]
        : [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];

    // Grey is the red of the pattern; alpha is 128.
    private static byte[] Row(int y, int bits, int samples, int? plane)
    {
        var row = new List<byte>();
        for (var x = 0; x < Width; x++)
        {
            var (r, g, b) = Pattern(x, y);
            byte[] values = samples switch { 1 => [r], 2 => [r, 128], 3 => [r, g, b], _ => [r, g, b, 128] };
            foreach (var value in plane is { } only ? [values[only]] : values)
            {
                row.AddRange(bits == 16 ? BitConverter.GetBytes((ushort)(value * 257)) : [value]);
            }
        }
        return [.. row];
    }

    private sealed class KeptOpen : TiffStream
    {
        public override void Close(object clientData)
        {
        }
    }
}
