using System.Buffers.Binary;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>A seed changed in a few places. The same number gives the same bytes.</summary>
internal sealed record Mutant(int Number, string Seed, byte[] Bytes)
{
    // Half of the changes hit the first bytes, where the formats say what is to come.
    private const int HeadBytes = 96;

    private static readonly uint[] _edges = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 10_000];

    public static Mutant Create(int number)
    {
        var random = new Random(number);
        var seeds = FuzzSeeds.All;
        var (name, bytes) = seeds[number % seeds.Count];
        if (number < seeds.Count)
        {
            return new(number, name, bytes);
        }

        for (var changes = random.Next(1, 5); changes > 0 && bytes.Length > 0; changes--)
        {
            bytes = Change([.. bytes], random);
        }

        // Most damage to a PNG is found by its checksums; half are made to fit, so that what lies behind is tried too.
        return new(number, name, random.Next(2) == 0 ? WithChecksums(bytes) : bytes);
    }

    public override string ToString() => $"mutant {Number} of '{Seed}' ({Bytes.Length} bytes)";

    private static byte[] Change(byte[] bytes, Random random)
    {
        var at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Length, HeadBytes) : bytes.Length);
        var length = Math.Min(random.Next(1, 40), bytes.Length - at);
        switch (random.Next(10))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 2:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 3:
                var inserted = new byte[length];
                random.NextBytes(inserted);
                return [.. bytes[..at], .. inserted, .. bytes[at..]];
            case 4:
                var other = FuzzSeeds.All[random.Next(FuzzSeeds.All.Count)].Bytes;
                return [.. bytes[..at], .. other[Math.Min(at, other.Length)..]];
            case 5:
                random.NextBytes(bytes.AsSpan(at, length));
                return bytes;
            case 6 or 7:
                WriteEdge(bytes.AsSpan(at), random);
                return bytes;
            default:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }

    private static void WriteEdge(Span<byte> place, Random random)
    {
        var value = _edges[random.Next(_edges.Length)];
        Span<byte> number = stackalloc byte[4];
        var (bigEndian, size) = (random.Next(2) == 0, Math.Min(1 << random.Next(3), place.Length));
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, value);
            number[(4 - size)..].CopyTo(place);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(number, value);
            number[..size].CopyTo(place);
        }
    }

    private static byte[] WithChecksums(byte[] bytes)
    {
        for (long at = 8; bytes is [0x89, ..] && at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan((int)at));
            if (at + 12 + length > bytes.Length)
            {
                break;
            }

            PngMaker.WriteChecksum(bytes.AsSpan((int)at + 4, (int)length + 8));
            at += 12 + length;
        }

        return bytes;
    }
}
