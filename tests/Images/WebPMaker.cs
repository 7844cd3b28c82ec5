using System.Buffers.Binary;
using System.Text;

namespace Chitti.Tests;

/// <summary>Writes WebPs: lossless ones of one colour bit by bit, and containers around other chunks.</summary>
internal static class WebPMaker
{
    /// <summary>A lossless image of one colour.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="groups">
    /// Sets of prefix codes: each fills a decoder's tables anew, whatever the image's size. Above 1 the image has a tile of
    /// 4 x 4 pixels for each at least.
    /// </param>
    /// <param name="costly">Whether the sets have long codes and the largest colour cache, so that their tables are the largest.</param>
    public static byte[] Lossless(int width, int height, int groups = 1, bool costly = false) =>
        File(("VP8L", LosslessChunk(width, height, groups, costly)));

    public static byte[] LosslessChunk(int width, int height, int groups = 1, bool costly = false)
    {
        var writer = new BitWriter(highestFirst: false);
        writer.Write(0x2F, 8);
        writer.Write(width - 1, 14);
        writer.Write(height - 1, 14);
        writer.Write(0, 1 + 3);
        writer.Write(0, 1);
        writer.Write(costly ? 1 : 0, 1);
        if (costly)
        {
            writer.Write(11, 4);
        }

        writer.Write(groups > 1 ? 1 : 0, 1);
        if (groups > 1)
        {
            WriteGroupImage(writer, (width + 3) / 4, (height + 3) / 4, groups);
        }

        for (var group = 0; group < groups; group++)
        {
            if (costly)
            {
                EqualLengths(writer, 256 + 24 + 2048, 11);
                EqualLengths(writer, 256, 8);
                EqualLengths(writer, 256, 8);
                EqualLengths(writer, 256, 8);
                SingleSymbol(writer, 0);
                continue;
            }

            SingleSymbol(writer, 0x60);
            SingleSymbol(writer, 0x80);
            SingleSymbol(writer, 0x40);
            SingleSymbol(writer, 0xFF);
            SingleSymbol(writer, 0);
        }

        if (costly)
        {
            for (long pixel = 0; pixel < (long)width * height; pixel++)
            {
                writer.Write(0, 11);
                writer.Write(0, 24);
            }
        }

        return writer.ToArray();
    }

    /// <summary>An extended file: flags and canvas, then what is given.</summary>
    public static byte[] Extended(int width, int height, byte flags, params (string Name, byte[] Content)[] chunks)
    {
        var head = new byte[10];
        head[0] = flags;
        WriteUInt24(head.AsSpan(4), width - 1);
        WriteUInt24(head.AsSpan(7), height - 1);
        return File([("VP8X", head), .. chunks]);
    }

    /// <summary>One frame of an animation.</summary>
    public static (string Name, byte[] Content) Frame(int x, int y, int width, int height, byte flags, (string Name, byte[] Content) pixels)
    {
        var head = new byte[16];
        WriteUInt24(head, x / 2);
        WriteUInt24(head.AsSpan(3), y / 2);
        WriteUInt24(head.AsSpan(6), width - 1);
        WriteUInt24(head.AsSpan(9), height - 1);
        (head[12], head[15]) = (40, flags);
        using var content = new MemoryStream();
        content.Write(head);
        WriteChunk(content, pixels.Name, pixels.Content);
        return ("ANMF", content.ToArray());
    }

    public static byte[] File(params (string Name, byte[] Content)[] chunks)
    {
        using var content = new MemoryStream();
        content.Write("WEBP"u8);
        foreach (var (name, bytes) in chunks)
        {
            WriteChunk(content, name, bytes);
        }

        using var file = new MemoryStream();
        WriteChunk(file, "RIFF", content.ToArray());
        return file.ToArray();
    }

    private static void WriteChunk(Stream output, string name, byte[] content)
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

    private static void WriteUInt24(Span<byte> target, int value) =>
        (target[0], target[1], target[2]) = ((byte)value, (byte)(value >> 8), (byte)(value >> 16));

    /// <summary>An image of tiles whose red and green give the number of each tile's set.</summary>
    private static void WriteGroupImage(BitWriter writer, int width, int height, int groups)
    {
        writer.Write(0, 3);
        writer.Write(0, 1);
        EqualLengths(writer, 256 + 24, 8);
        EqualLengths(writer, 256, 8);
        SingleSymbol(writer, 0);
        SingleSymbol(writer, 0xFF);
        SingleSymbol(writer, 0);
        for (var tile = 0; tile < width * height; tile++)
        {
            var group = tile % groups;
            writer.Write(Reverse(group & 0xFF), 8);
            writer.Write(Reverse(group >> 8), 8);
        }
    }

    private static void SingleSymbol(BitWriter writer, int symbol)
    {
        writer.Write(1, 1);
        writer.Write(0, 1);
        writer.Write(symbol < 2 ? 0 : 1, 1);
        writer.Write(symbol, symbol < 2 ? 1 : 8);
    }

    /// <summary>The first 2^bits symbols with so many bits each, the others with none.</summary>
    private static void EqualLengths(BitWriter writer, int symbols, int bits)
    {
        // The code of the code lengths: two bits each for this length (00), a repetition (01), few zeros (10) and many (11).
        int[] order = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        writer.Write(0, 1);
        writer.Write(order.Length - 4, 4);
        foreach (var length in order)
        {
            writer.Write(length == bits || length >= 16 ? 2 : 0, 3);
        }

        writer.Write(0, 1);
        writer.Write(0b00, 2);
        for (var left = (1 << bits) - 1; left > 0;)
        {
            var run = left < 3 ? 1 : Math.Min(6, left);
            writer.Write(run == 1 ? 0b00 : 0b10, 2);
            writer.Write(run == 1 ? 0 : run - 3, run == 1 ? 0 : 2);
            left -= run;
        }

        for (var left = symbols - (1 << bits); left > 0;)
        {
            var run = left > 138 ? 127 : Math.Min(138, left);
            writer.Write(run > 10 ? 0b11 : 0b01, 2);
            writer.Write(run > 10 ? run - 11 : run - 3, run > 10 ? 7 : 3);
            left -= run;
        }
    }

    private static int Reverse(int value)
    {
        var reversed = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            reversed |= (value >> bit & 1) << (7 - bit);
        }

        return reversed;
    }
}
