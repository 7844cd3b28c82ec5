using System.Buffers.Binary;

namespace Chitti.Reports;

/// <summary>The orientation tag (0x0112) in the EXIF segment of a JPEG: JEITA CP-3451, TIFF 6.0 section 2.</summary>
internal static class ExifOrientation
{
    private const ushort OrientationTag = 0x0112;

    /// <summary>A copy whose orientation is 1 (upright); every other byte is the original's.</summary>
    public static byte[] Reset(ReadOnlySpan<byte> jpeg)
    {
        var copy = jpeg.ToArray();
        var position = 2;
        while (position + 4 <= copy.Length && copy[position] == 0xFF && copy[position + 1] is not (0xDA or 0xD9))
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(copy.AsSpan(position + 2));
            if (copy[position + 1] == 0xE1 && position + 2 + length <= copy.Length)
            {
                ResetIn(copy.AsSpan(position + 4, Math.Max(0, length - 2)));
            }

            position += 2 + length;
        }
        return copy;
    }

    private static void ResetIn(Span<byte> segment)
    {
        if (segment.Length < 14 || !segment.StartsWith("Exif\0\0"u8))
        {
            return;
        }

        var tiff = segment[6..];
        var little = tiff[0] == 'I';
        var directory = (int)Math.Min(Read32(tiff[4..], little), int.MaxValue);
        if (directory > tiff.Length - 2)
        {
            return;
        }

        var entries = Read16(tiff[directory..], little);
        for (var i = 0; i < entries; i++)
        {
            var entry = directory + 2 + (12 * i);
            if (entry + 12 > tiff.Length)
            {
                return;
            }

            if (Read16(tiff[entry..], little) == OrientationTag)
            {
                Write16(tiff[(entry + 8)..], 1, little);
            }
        }
    }

    private static ushort Read16(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint Read32(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);

    private static void Write16(Span<byte> at, ushort value, bool little)
    {
        if (little)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(at, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(at, value);
        }
    }
}
