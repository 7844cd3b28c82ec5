using System.Buffers.Binary;

namespace Chitti.Tests;

/// <summary>
/// Writes JPEGs of every kind that is read: baseline in one scan or several, progressive, any sampling, grey to four
/// components. The picture is one shade a component, so that one of 100 million pixels is small.
/// </summary>
internal sealed record JpegMaker(int Width, int Height)
{
    /// <summary>Of each component: across and down.</summary>
    public (int H, int V)[] Sampling { get; init; } = [(1, 1), (1, 1), (1, 1)];

    public bool Progressive { get; init; }

    /// <summary>Whether a baseline image has its components in one scan.</summary>
    public bool Interleaved { get; init; } = true;

    /// <summary>Refinement scans that a progressive image has besides the first two of each component.</summary>
    public int ExtraScans { get; init; }

    /// <summary>Written behind the first marker.</summary>
    public IReadOnlyList<(byte Marker, byte[] Content)> Segments { get; init; } = [];

    private int MaxH => Sampling.Max(component => component.H);

    private int MaxV => Sampling.Max(component => component.V);

    public byte[] ToArray()
    {
        using var output = new MemoryStream();
        output.Write([0xFF, 0xD8]);
        foreach (var (marker, content) in Segments)
        {
            Segment(output, marker, content);
        }

        Segment(output, 0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]);
        byte[] frame = [8, (byte)(Height >> 8), (byte)Height, (byte)(Width >> 8), (byte)Width, (byte)Sampling.Length,
            .. Sampling.SelectMany((component, i) => new byte[] { (byte)(i + 1), (byte)(component.H << 4 | component.V), 0 })];
        Segment(output, Progressive ? (byte)0xC2 : (byte)0xC0, frame);

        // DC: code 0 for no difference, 10 for one of four bits. AC: 0 ends a block, 10 a run of 2^14 blocks and more.
        Segment(output, 0xC4, [0x00, 1, 1, .. new byte[14], 0, 4]);
        Segment(output, 0xC4, [0x10, 1, 1, .. new byte[14], 0x00, 0xE0]);
        WriteScans(output);
        output.Write([0xFF, 0xD9]);
        return output.ToArray();
    }

    private static void Segment(Stream output, byte marker, ReadOnlySpan<byte> content)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], checked((ushort)(content.Length + 2)));
        output.Write(head);
        output.Write(content);
    }

    private void WriteScans(Stream output)
    {
        var all = Enumerable.Range(0, Sampling.Length).ToArray();
        if (!Progressive)
        {
            foreach (var scan in Interleaved ? [all] : all.Select(i => new[] { i }))
            {
                Scan(output, scan, 0, 63, bits: WithAc);
            }

            return;
        }

        Scan(output, all, 0, 0, bits: DcOnly);
        for (var pass = 0; pass <= ExtraScans; pass++)
        {
            foreach (var i in all)
            {
                Scan(output, [i], 1, 63, bits: EndOfBlocks);
            }
        }
    }

    private static void Scan(Stream output, int[] components, int from, int to, Action<BitWriter, int[]> bits)
    {
        Segment(output, 0xDA, [(byte)components.Length, .. components.SelectMany(i => new byte[] { (byte)(i + 1), 0x00 }), (byte)from, (byte)to, 0]);
        var writer = new BitWriter(highestFirst: true, stuffed: true);
        bits(writer, components);
        output.Write(writer.ToArray());
    }

    /// <summary>The shade stands in the first block; the others differ from it by nothing.</summary>
    private void DcOnly(BitWriter writer, int[] components) => Blocks(components, first => Dc(writer, first));

    private void WithAc(BitWriter writer, int[] components) => Blocks(components, first =>
    {
        Dc(writer, first);
        writer.Write(0, 1);
    });

    private static void Dc(BitWriter writer, int? first)
    {
        if (first is not { } component)
        {
            writer.Write(0, 1);
            return;
        }

        writer.Write(0b10, 2);
        writer.Write(8 + component, 4);
    }

    private void EndOfBlocks(BitWriter writer, int[] components)
    {
        var rest = BlocksOf(components[0]);
        while (rest > 0)
        {
            var run = (int)Math.Min(rest, 32_767);
            if (run < 16_384)
            {
                writer.Write(0, 1);
                rest--;
                continue;
            }

            writer.Write(0b10, 2);
            writer.Write(run - 16_384, 14);
            rest -= run;
        }
    }

    /// <summary>Blocks of a component in a scan of its own.</summary>
    private long BlocksOf(int i) => (long)Up(Up(Width * Sampling[i].H, MaxH), 8) * Up(Up(Height * Sampling[i].V, MaxV), 8);

    private void Blocks(int[] components, Action<int?> write)
    {
        var units = components.Length == 1 ? BlocksOf(components[0]) : (long)Up(Width, 8 * MaxH) * Up(Height, 8 * MaxV);
        for (long unit = 0; unit < units; unit++)
        {
            foreach (var i in components)
            {
                for (var block = 0; block < (components.Length == 1 ? 1 : Sampling[i].H * Sampling[i].V); block++)
                {
                    write(unit == 0 && block == 0 ? i : null);
                }
            }
        }
    }

    private static int Up(int value, int by) => (value + by - 1) / by;
}
