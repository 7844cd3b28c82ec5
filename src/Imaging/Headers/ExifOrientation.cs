using System.Buffers.Binary;

namespace Chitti.Imaging;

/// <summary>Finds the orientation in an EXIF block (JEITA CP-3451, tag 0x0112 of the first directory).</summary>
internal static class ExifOrientation
{
    public const ushort Tag = 0x0112;

    /// <summary>More than this of a block is never needed: the first directory stands at its beginning.</summary>
    public const int MaxBlock = 65_536;

    private const ushort ShortType = 3;

    /// <param name="block">From the byte order mark on, with or without <c>Exif 0 0</c> before it.</param>
    /// <returns>1..8; 1 where the block is damaged or says something else.</returns>
    public static int Parse(ReadOnlySpan<byte> block)
    {
        if (block.StartsWith("Exif\0\0"u8))
        {
            block = block[6..];
        }

        var bigEndian = block.StartsWith("MM\0*"u8);
        if (!bigEndian && !block.StartsWith("II*\0"u8) || block.Length < 8)
        {
            return 1;
        }

        var directory = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(block[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
        if (directory > block.Length - 2)
        {
            return 1;
        }

        var entries = block[(int)directory..];
        int count = UInt16(entries, bigEndian);
        for (entries = entries[2..]; count > 0 && entries.Length >= 12; count--, entries = entries[12..])
        {
            if (UInt16(entries, bigEndian) != Tag)
            {
                continue;
            }

            var value = UInt16(entries[8..], bigEndian);
            return UInt16(entries[2..], bigEndian) == ShortType ? Normalise(value) : 1;
        }
        return 1;
    }

    public static int Normalise(long value) => value is >= 1 and <= 8 ? (int)value : 1;

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
