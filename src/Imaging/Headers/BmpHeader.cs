using System.Buffers.Binary;

namespace Chitti.Imaging;

/// <summary>Windows bitmap: file header and the first fields of its information header.</summary>
internal static class BmpHeader
{
    private const int CoreHeader = 12;

    // The size of the information header is checked too, because text files can begin with "BM".
    public static bool IsMagic(ReadOnlySpan<byte> first) =>
        first.Length >= 18 && first.StartsWith("BM"u8)
        && BinaryPrimitives.ReadUInt32LittleEndian(first[14..]) is CoreHeader or 40 or 52 or 56 or 64 or 108 or 124;

    public static ParsedHeader Read(HeaderReader reader)
    {
        Span<byte> header = stackalloc byte[26];
        reader.Position = 0;
        if (!reader.TryRead(header))
        {
            return ParsedHeader.Damaged("The bitmap ends within its header.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(header[14..]) == CoreHeader)
        {
            return new ParsedHeader(
                BinaryPrimitives.ReadUInt16LittleEndian(header[18..]), BinaryPrimitives.ReadUInt16LittleEndian(header[20..]))
            {
                CodecBytes = CodecBytes.Rows(BinaryPrimitives.ReadUInt16LittleEndian(header[18..])),
            };
        }
        long width = BinaryPrimitives.ReadInt32LittleEndian(header[18..]);
        long height = BinaryPrimitives.ReadInt32LittleEndian(header[22..]);
        return new ParsedHeader(width, Math.Abs(height)) { CodecBytes = CodecBytes.Rows(width) };
    }
}
