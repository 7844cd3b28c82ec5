using System.Buffers.Binary;

namespace Chitti.Imaging;

/// <summary>Finds the orientation in an EXIF block (JEITA CP-3451, tag 0x0112 of the first directory).</summary>
internal static class ExifOrientation
{
    public const ushort Tag = 0x0112;

    /// <summary>Bytes of a block that are read at most; the first directory is at its beginning.</summary>
    public const int MaxBlock = 65_536;

    private const ushort ShortType = 3;

    public static ReadOnlySpan<byte> Name => "Exif\0\0"u8;

    /// <param name="block">Starts at the byte order mark, or at <see cref="Name"/> before it.</param>
    /// <returns>1..8; 1 if the block is damaged or holds another value.</returns>
    public static int Parse(ReadOnlySpan<byte> block) =>
        Find(block, out var bigEndian) is { } at ? Orientation.Normalise(UInt16(block[at..], bigEndian)) : Orientation.Upright;

    /// <summary>Offset of the orientation's two bytes in the block; null if it has none.</summary>
    /// <param name="block">As for <see cref="Parse"/>.</param>
    /// <param name="bigEndian">Byte order of the value.</param>
    public static int? Find(ReadOnlySpan<byte> block, out bool bigEndian)
    {
        var start = block.StartsWith(Name) ? Name.Length : 0;
        var tiff = block[start..];
        bigEndian = tiff.StartsWith("MM\0*"u8);
        if ((!bigEndian && !tiff.StartsWith("II*\0"u8)) || tiff.Length < 8)
        {
            return null;
        }

        var directory = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return null;
        }

        var entry = (int)directory + 2;
        for (int count = UInt16(tiff[(int)directory..], bigEndian); count > 0 && tiff.Length - entry >= 12; count--, entry += 12)
        {
            if (UInt16(tiff[entry..], bigEndian) == Tag)
            {
                return UInt16(tiff[(entry + 2)..], bigEndian) == ShortType ? start + entry + 8 : null;
            }
        }
        return null;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
