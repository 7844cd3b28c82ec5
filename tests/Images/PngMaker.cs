using System.Buffers.Binary;
using System.IO.Compression;

namespace Chitti.Tests;

/// <summary>Writes PNGs of every kind, row by row, so that those of 100 million pixels cost no memory.</summary>
internal sealed record PngMaker(int Width, int Height)
{
    // First column, first row, column step and row step of Adam7's passes.
    private static readonly (int X, int Y, int Dx, int Dy)[] _adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static readonly uint[] _crc = [.. Enumerable.Range(0, 256).Select(value =>
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return crc;
    })];

    /// <summary>0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha.</summary>
    public int ColourType { get; init; } = 2;

    public int Bits { get; init; } = 8;

    public bool Interlaced { get; init; }

    /// <summary>Fills a row without its filter byte: one shade by default.</summary>
    public Action<byte[]> Row { get; init; } = row => row.AsSpan().Fill(0x60);

    public CompressionLevel Level { get; init; } = CompressionLevel.Fastest;

    /// <summary>Chunks between the header and the pixels.</summary>
    public Action<Stream> Before { get; init; } = _ => { };

    /// <summary>Chunks between the pixels and the end.</summary>
    public Action<Stream> After { get; init; } = _ => { };

    private int PixelBits => Bits * ColourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public static void WriteChunk(Stream output, string name, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, content.Length);
        System.Text.Encoding.ASCII.GetBytes(name, head[4..]);
        output.Write(head);
        output.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(head, ~Crc(Crc(uint.MaxValue, head[4..]), content));
        output.Write(head[..4]);
    }

    /// <summary>Makes a chunk's checksum fit.</summary>
    /// <param name="chunk">From the name to the checksum.</param>
    public static void WriteChecksum(Span<byte> chunk) => BinaryPrimitives.WriteUInt32BigEndian(chunk[^4..], ~Crc(uint.MaxValue, chunk[..^4]));

    public static byte[] Deflate(Action<Stream> write, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, level, leaveOpen: true))
        {
            write(zlib);
        }

        return packed.ToArray();
    }

    public byte[] ToArray()
    {
        using var output = new MemoryStream();
        output.Write([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9], header[12]) = ((byte)Bits, (byte)ColourType, Interlaced ? (byte)1 : (byte)0);
        WriteChunk(output, "IHDR", header);
        Before(output);
        if (ColourType == 3)
        {
            WriteChunk(output, "PLTE", [.. Enumerable.Range(0, 3 << Bits).Select(i => (byte)(i * 37))]);
        }

        WriteChunk(output, "IDAT", Deflate(WriteRows, Level));
        After(output);
        WriteChunk(output, "IEND", []);
        return output.ToArray();
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc = _crc[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    private void WriteRows(Stream output)
    {
        foreach (var (x, y, dx, dy) in Interlaced ? _adam7 : [(0, 0, 1, 1)])
        {
            var (width, height) = ((Width - x + dx - 1) / dx, (Height - y + dy - 1) / dy);
            if (width <= 0)
            {
                continue;
            }

            var row = new byte[(((long)width * PixelBits) + 7) / 8];
            for (var i = 0; i < height; i++)
            {
                Row(row);
                output.WriteByte(0);
                output.Write(row);
            }
        }
    }
}
