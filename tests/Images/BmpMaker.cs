namespace Chitti.Tests;

/// <summary>Writes Windows bitmaps of every depth.</summary>
internal sealed record BmpMaker(int Width, int Height)
{
    public int Bits { get; init; } = 24;

    /// <summary>0 none, 1 runs of 8-bit pixels, 2 runs of 4-bit pixels, 3 bit fields.</summary>
    public int Compression { get; init; }

    public bool TopDown { get; init; }

    /// <summary>The header of twelve bytes with sides of 16 bits.</summary>
    public bool Core { get; init; }

    public byte[] ToArray()
    {
        using var output = new MemoryStream();
        using var writer = new BinaryWriter(output);
        var palette = Bits <= 8 ? 1 << Bits : 0;
        var start = 14 + (Core ? 12 + (3 * palette) : 40 + (4 * palette) + (Compression == 3 ? 12 : 0));
        var pixels = Compression is 1 or 2 ? Runs() : Rows();
        writer.Write("BM"u8);
        writer.Write(start + pixels.Length);
        writer.Write(0);
        writer.Write(start);
        if (Core)
        {
            writer.Write(12);
            writer.Write((short)Width);
            writer.Write((short)Height);
            writer.Write((short)1);
            writer.Write((short)Bits);
        }
        else
        {
            writer.Write(40);
            writer.Write(Width);
            writer.Write(TopDown ? -Height : Height);
            writer.Write((short)1);
            writer.Write((short)Bits);
            writer.Write(Compression);
            writer.Write(pixels.Length);
            writer.Write(new byte[8]);
            writer.Write(palette);
            writer.Write(0);
        }

        if (Compression == 3)
        {
            int[] masks = Bits == 16 ? [0xF800, 0x07E0, 0x001F] : [0xFF0000, 0xFF00, 0xFF];
            Array.ForEach(masks, writer.Write);
        }

        for (var i = 0; i < palette; i++)
        {
            writer.Write(Core ? new byte[] { (byte)i, (byte)(255 - i), 128 } : [(byte)i, (byte)(255 - i), 128, 0]);
        }

        writer.Write(pixels);
        writer.Flush();
        return output.ToArray();
    }

    private byte[] Rows()
    {
        var row = ((Width * Bits) + 31) / 32 * 4;
        var pixels = new byte[row * Height];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)((i * 7) + (i / row));
        }

        return pixels;
    }

    /// <summary>A run of one colour after the other, to the end of the row.</summary>
    private byte[] Runs()
    {
        var bytes = new List<byte>();
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x += 200)
            {
                bytes.AddRange([(byte)Math.Min(200, Width - x), (byte)(y * 3)]);
            }

            bytes.AddRange([0, 0]);
        }

        bytes.AddRange([0, 1]);
        return [.. bytes];
    }
}
