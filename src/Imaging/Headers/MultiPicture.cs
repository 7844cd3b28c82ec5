using System.Buffers.Binary;

namespace Chitti.Imaging;

/// <summary>
/// The index of a multi-picture JPEG (CIPA DC-007): views of a stereo or panorama camera are pictures of their own. Previews and
/// the gain maps of phones, which are listed in the same way, are not.
/// </summary>
internal static class MultiPicture
{
    private const int MaxLength = 1 << 14;
    private const int EntryLength = 12;
    private const int PictureLength = 16;
    private const ushort PictureList = 0xB002;
    private const uint ViewType = 0x02;

    private static ReadOnlySpan<byte> Name => "MPF\0"u8;

    /// <param name="reader">At the content of a segment APP2; afterwards anywhere.</param>
    /// <param name="length">Bytes of content.</param>
    public static bool HasViews(HeaderReader reader, int length)
    {
        Span<byte> name = stackalloc byte[Name.Length];
        if (length < name.Length || !reader.TryRead(name) || !name.SequenceEqual(Name))
        {
            return false;
        }

        var block = new byte[Math.Min(length - name.Length, MaxLength)];
        return reader.TryRead(block) && ListsViews(block);
    }

    private static bool ListsViews(ReadOnlySpan<byte> block)
    {
        if (block.Length < 8)
        {
            return false;
        }

        var bigEndian = block[0] == 'M';
        var at = (long)UInt32(block[4..], bigEndian);
        if (at > block.Length - 2)
        {
            return false;
        }

        var entries = block[((int)at + 2)..];
        for (var count = UInt16(block[(int)at..], bigEndian); count > 0 && entries.Length >= EntryLength; count--, entries = entries[EntryLength..])
        {
            if (UInt16(entries, bigEndian) != PictureList)
            {
                continue;
            }

            var (bytes, start) = (UInt32(entries[4..], bigEndian), UInt32(entries[8..], bigEndian));
            if (start > block.Length)
            {
                return false;
            }

            // A list that is cut off is read as far as it goes.
            for (var list = block[(int)start..]; bytes >= PictureLength && list.Length >= PictureLength; bytes -= PictureLength, list = list[PictureLength..])
            {
                if ((UInt32(list, bigEndian) >> 16 & 0xFF) == ViewType)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
