namespace Chitti.Tests;

/// <summary>Writes TIFFs of the variants that are read.</summary>
internal sealed record TiffMaker(int Width, int Height)
{
    public int Bits { get; init; } = 8;

    public int Samples { get; init; } = 3;

    /// <summary>1 none, 5 LZW, 8 deflate, 32773 PackBits.</summary>
    public int Compression { get; init; } = 1;

    public bool Planar { get; init; }

    public bool BigEndian { get; init; }

    public int RowsPerStrip { get; init; } = 16;

    public int Orientation { get; init; } = 1;

    /// <summary>Entries behind those of the image: tag, type, number of values, and the value or where it stands.</summary>
    public IReadOnlyList<(int Tag, int Type, uint Count, uint Value)> Extra { get; init; } = [];

    /// <summary>Bytes behind the header, from offset 8 on.</summary>
    public byte[] Padding { get; init; } = [];

    private int Planes => Planar ? Samples : 1;

    private int RowBytes => Width * Bits / 8 * (Planar ? 1 : Samples);

    public byte[] ToArray()
    {
        var strips = new List<byte[]>();
        for (var plane = 0; plane < Planes; plane++)
        {
            for (var y = 0; y < Height; y += RowsPerStrip)
            {
                strips.Add(Pack(Strip(plane, y, Math.Min(RowsPerStrip, Height - y))));
            }
        }

        using var output = new MemoryStream();
        output.Write(BigEndian ? "MM\0*"u8 : "II*\0"u8);
        Write(output, 0, 4);
        output.Write(Padding);
        var offsets = strips.Select(strip =>
        {
            var at = (uint)output.Position;
            output.Write(strip);
            return at;
        }).ToArray();
        var bits = Array(output, Enumerable.Repeat((uint)Bits, Samples), 2);
        var starts = Array(output, offsets, 4);
        var counts = Array(output, strips.Select(strip => (uint)strip.Length), 4);
        var number = (uint)strips.Count;
        List<(int Tag, int Type, uint Count, uint Value)> entries =
        [
            (256, 4, 1, (uint)Width), (257, 4, 1, (uint)Height), Samples == 1 ? (258, 3, 1, (uint)Bits) : (258, 3, (uint)Samples, bits),
            (259, 3, 1, (uint)Compression), (262, 3, 1, Samples < 3 ? 1u : 2u), (273, 4, number, number == 1 ? offsets[0] : starts),
            (274, 3, 1, (uint)Orientation), (277, 3, 1, (uint)Samples), (278, 4, 1, (uint)RowsPerStrip),
            (279, 4, number, number == 1 ? (uint)strips[0].Length : counts), (284, 3, 1, Planar ? 2u : 1u), .. Extra,
        ];
        var directory = (uint)output.Position;
        Write(output, (uint)entries.Count, 2);
        foreach (var (tag, type, count, value) in entries)
        {
            Write(output, (uint)tag, 2);
            Write(output, (uint)type, 2);
            Write(output, count, 4);

            // A short alone stands at the beginning of its place, whatever the byte order.
            Write(output, type == 3 && count == 1 && BigEndian ? value << 16 : value, 4);
        }

        Write(output, 0, 4);
        output.Position = 4;
        Write(output, directory, 4);
        return output.ToArray();
    }

    private uint Array(MemoryStream output, IEnumerable<uint> values, int bytes)
    {
        if (output.Position % 2 == 1)
        {
            output.WriteByte(0);
        }

        var at = (uint)output.Position;
        foreach (var value in values)
        {
            Write(output, value, bytes);
        }

        // A pair of shorts stands in the entry itself.
        return bytes == 2 && Samples == 2 ? (uint)(Bits << 16 | Bits) : at;
    }

    private void Write(MemoryStream output, uint value, int bytes)
    {
        for (var i = 0; i < bytes; i++)
        {
            output.WriteByte((byte)(value >> (8 * (BigEndian ? bytes - 1 - i : i))));
        }
    }

    private byte[] Strip(int plane, int y, int rows)
    {
        var strip = new byte[RowBytes * rows];
        for (var row = 0; row < rows; row++)
        {
            strip.AsSpan(row * RowBytes, RowBytes).Fill((byte)(40 + plane + ((y + row) / 8 * 8)));
        }

        return strip;
    }

    private byte[] Pack(byte[] strip) => Compression switch
    {
        5 => Lzw(strip),
        8 or 32946 => PngMaker.Deflate(zlib => zlib.Write(strip)),
        32773 => PackBits(strip),
        _ => strip,
    };

    /// <summary>Each byte as itself; the table is cleared before codes would grow to ten bits.</summary>
    private static byte[] Lzw(byte[] strip)
    {
        var writer = new BitWriter(highestFirst: true);
        for (var i = 0; i < strip.Length; i++)
        {
            if (i % 200 == 0)
            {
                writer.Write(256, 9);
            }

            writer.Write(strip[i], 9);
        }

        writer.Write(257, 9);
        return writer.ToArray();
    }

    private byte[] PackBits(byte[] strip)
    {
        var packed = new List<byte>();
        for (var at = 0; at < strip.Length; at += RowBytes)
        {
            for (var x = 0; x < RowBytes; x += 128)
            {
                var run = Math.Min(128, RowBytes - x);
                packed.AddRange(run == 1 ? [0, strip[at + x]] : [(byte)(257 - run), strip[at + x]]);
            }
        }

        return [.. packed];
    }
}
