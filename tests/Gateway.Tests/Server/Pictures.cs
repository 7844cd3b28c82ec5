using System.Buffers.Binary;
using System.Text;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>Valid images, and images with one fault each.</summary>
internal static class Pictures
{
    public static byte[] Text => "This is no picture, whatever its name says.\n"u8.ToArray();

    public static byte[] Gif => [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];

    public static byte[] Svg => "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><rect width=\"10\" height=\"10\"/></svg>"u8.ToArray();

    /// <summary>Only the header, followed by meaningless bytes.</summary>
    public static byte[] ShortTiff => [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 1, 0, 0];

    /// <summary>A TIFF directory that names itself as the next.</summary>
    public static byte[] LoopingTiff => [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 1, 0, 0, 0, 16, 0, 0, 0, 8, 0, 0, 0, .. new byte[64]];

    public static string SamplePath(string name) => Path.Combine(Repository.Root, "samples", name);

    public static byte[] Sample(string name) => File.ReadAllBytes(SamplePath(name));

    /// <summary>A grey image of a single shade.</summary>
    public static byte[] Encode(int width, int height, SKEncodedImageFormat format, int quality = 90)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(new SKColor(120, 130, 140));
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    public static byte[] SampleAsPng(string name)
    {
        using var bitmap = SKBitmap.Decode(Sample(name));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    public static (int Width, int Height, SKEncodedImageFormat Format) Measure(byte[] image)
    {
        using var codec = SKCodec.Create(new MemoryStream(image));
        Assert.NotNull(codec);
        return (codec.Info.Width, codec.Info.Height, codec.EncodedFormat);
    }

    public static byte[] Truncated(byte[] image) => image[..(image.Length / 2)];

    /// <summary>A PNG whose pixel data has a wrong checksum.</summary>
    public static byte[] PngOfWrongCrc()
    {
        var png = SampleAsPng("good-1.jpg");
        var at = 8;
        while (!png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
        {
            at += BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)) + 12;
        }

        png[at + 8 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at))] ^= 0xFF;
        return png;
    }

    /// <summary>A PNG of 200 bytes that claims to have this many pixels.</summary>
    public static byte[] PngHeader(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(png, "IHDR", header);
        WriteChunk(png, "IDAT", new byte[143]);
        WriteChunk(png, "IEND", []);
        Assert.Equal(200, png.Length);
        return png.ToArray();
    }

    /// <summary>A valid JPEG with a meaningless EXIF block after its first marker.</summary>
    public static byte[] JpegOfWrongExif()
    {
        var block = new byte[64];
        block.AsSpan().Fill(0xAB);
        return WithSegment(Sample("good-1.jpg"), 0xE1, [.. "Exif\0\0II*\0"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. block]);
    }

    /// <summary>An animation of tiny frames, as small as possible.</summary>
    public static byte[] AnimatedWebP(int frames)
    {
        var still = Encode(16, 16, SKEncodedImageFormat.Webp, 100);
        var frame = new MemoryStream();
        frame.Write([0, 0, 0, 0, 0, 0, 15, 0, 0, 15, 0, 0, 40, 0, 0, 0]);
        frame.Write(still.AsSpan(PixelChunk(still)));

        using var content = new MemoryStream();
        content.Write("WEBP"u8);
        WriteRiff(content, "VP8X", [0x02, 0, 0, 0, 15, 0, 0, 15, 0, 0]);
        WriteRiff(content, "ANIM", [255, 255, 255, 255, 0, 0]);
        for (var i = 0; i < frames; i++)
        {
            WriteRiff(content, "ANMF", frame.ToArray());
        }

        using var webp = new MemoryStream();
        WriteRiff(webp, "RIFF", content.ToArray());
        return webp.ToArray();
    }

    public static byte[] WithSegment(byte[] jpeg, byte marker, byte[] content)
    {
        var head = new byte[] { 0xFF, marker, 0, 0 };
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), checked((ushort)(content.Length + 2)));
        return [.. jpeg[..2], .. head, .. content, .. jpeg[2..]];
    }

    private static int PixelChunk(byte[] webp)
    {
        var at = 12;
        while (!webp.AsSpan(at).StartsWith("VP8L"u8) && !webp.AsSpan(at).StartsWith("VP8 "u8))
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(webp.AsSpan(at + 4));
            at += 8 + length + (length & 1);
        }

        return at;
    }

    private static void WriteRiff(MemoryStream output, string name, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        output.Write(Encoding.ASCII.GetBytes(name));
        output.Write(length);
        output.Write(content);
        if (content.Length % 2 == 1)
        {
            output.WriteByte(0);
        }
    }

    private static void WriteChunk(MemoryStream output, string name, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        output.Write(number);
        output.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(named));
        output.Write(number);
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
