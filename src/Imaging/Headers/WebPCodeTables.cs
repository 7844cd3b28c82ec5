using System.Buffers.Binary;

namespace Chitti.Imaging;

/// <summary>
/// How much memory a lossless WebP's prefix codes take. An image of half a megabyte may have 65,536 sets of them, which fill
/// more than a gigabyte however few its pixels are; encoders make some hundred at most. How many there are stands in front of
/// the pixels, in small images that are encoded like the large one (RFC 9649, 3.7.2).
/// </summary>
internal static class WebPCodeTables
{
    /// <summary>Five tables with their subtables, at their largest, and the set they belong to.</summary>
    public const long BytesOfSet = 21_000;

    private const int FirstChunk = 12;

    /// <summary>For the first picture of a file; null where what leads to its codes is damaged.</summary>
    public static long? FindMaxBytes(ReadOnlySpan<byte> webp) => FindMaxBytes(webp[Math.Min(FirstChunk, webp.Length)..], (0, 0));

    private static long? FindMaxBytes(ReadOnlySpan<byte> chunks, (int Width, int Height) frame)
    {
        long bytes = 0;
        while (chunks.Length >= 8)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            var content = chunks[8..(int)Math.Min(chunks.Length, 8L + length)];
            var name = chunks[..4];
            long? found = 0;
            if (name.SequenceEqual("VP8X"u8) && content.Length >= 10)
            {
                frame = (UInt24(content[4..]) + 1, UInt24(content[7..]) + 1);
            }
            else if (name.SequenceEqual("ANMF"u8) && content.Length >= 16)
            {
                return FindMaxBytes(content[16..], (UInt24(content[6..]) + 1, UInt24(content[9..]) + 1));
            }
            else if (name.SequenceEqual("ALPH"u8) && content.Length > 1 && (content[0] & 3) == 1)
            {
                found = BytesOfSet * new WebPBits(content[1..]).CountSets(frame.Width, frame.Height);
            }
            else if (name.SequenceEqual("VP8L"u8) && content.Length >= 5)
            {
                var sides = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
                found = BytesOfSet * new WebPBits(content[5..]).CountSets((int)(sides & 0x3FFF) + 1, (int)(sides >> 14 & 0x3FFF) + 1);
            }

            if (found is not { } more)
            {
                return null;
            }

            bytes += more;
            if (name.SequenceEqual("VP8L"u8) || name.SequenceEqual("VP8 "u8))
            {
                return bytes;
            }

            chunks = chunks[(int)Math.Min(chunks.Length, 8L + length + (length & 1))..];
        }

        return bytes;
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
