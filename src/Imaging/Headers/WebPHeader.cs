using System.Buffers.Binary;

namespace Chitti.Imaging;

/// <summary>WebP (RFC 9649): VP8, VP8L or VP8X, and the EXIF chunk that may follow the pixels.</summary>
internal static class WebPHeader
{
    private const int FirstChunk = 12;

    // Metadata after more than these is ignored.
    private const int MaxChunks = 64;

    public static bool IsMagic(ReadOnlySpan<byte> first) =>
        first.Length >= FirstChunk && first.StartsWith("RIFF"u8) && first[8..12].SequenceEqual("WEBP"u8);

    public static ParsedHeader Read(HeaderReader reader)
    {
        Span<byte> chunk = stackalloc byte[18];
        reader.Position = FirstChunk;
        if (!reader.TryRead(chunk))
        {
            return ParsedHeader.Damaged("The WebP ends within its header.");
        }

        var content = chunk[8..];
        if (chunk.StartsWith("VP8X"u8))
        {
            var (hasExif, width, height) = ((content[0] & 0x08) != 0, UInt24(content[4..]) + 1, UInt24(content[7..]) + 1);
            if (HasFrames(reader))
            {
                return ParsedHeader.ManyPictures("frames of an animation");
            }

            // What the chunks are is not looked for: a frame of an animation may be of any kind.
            return new ParsedHeader(width, height, hasExif ? FindOrientation(reader) : 1)
            {
                CodecBytes = CodecBytes.WebP(width, height, CodecBytes.LosslessAlpha, reader.Length),
            };
        }
        if (chunk.StartsWith("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
            var (width, height) = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
            return content[0] == 0x2F
                ? new ParsedHeader(width, height) { CodecBytes = CodecBytes.WebP(width, height, CodecBytes.Lossless, reader.Length) }
                : ParsedHeader.Damaged("The WebP's lossless header is damaged.");
        }
        if (chunk.StartsWith("VP8 "u8))
        {
            return ReadLossy(reader, content);
        }

        return ParsedHeader.Damaged("The WebP begins with an unknown chunk.");
    }

    // RFC 6386, 9.1: three bytes of frame tag, a start code, then 14 bits per side.
    private static ParsedHeader ReadLossy(HeaderReader reader, ReadOnlySpan<byte> content)
    {
        reader.Position = FirstChunk + 8 + 6;
        return content[3] == 0x9D && content[4] == 0x01 && content[5] == 0x2A
            && reader.TryReadUInt16(bigEndian: false, out var width) && reader.TryReadUInt16(bigEndian: false, out var height)
                ? new ParsedHeader(width & 0x3FFF, height & 0x3FFF) { CodecBytes = CodecBytes.WebP(width, 0, 0, reader.Length) }
                : ParsedHeader.Damaged("The WebP's lossy header is damaged.");
    }

    private static bool HasFrames(HeaderReader reader)
    {
        Span<byte> head = stackalloc byte[8];
        reader.Position = FirstChunk;
        for (var frames = 0; reader.TryRead(head);)
        {
            frames += head.StartsWith("ANMF"u8) ? 1 : 0;
            if (frames > 1)
            {
                return true;
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            reader.Position += length + (length & 1);
        }
        return false;
    }

    private static int FindOrientation(HeaderReader reader)
    {
        Span<byte> head = stackalloc byte[8];
        reader.Position = FirstChunk;
        for (var chunks = 0; chunks < MaxChunks && reader.TryRead(head); chunks++)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (head.StartsWith("EXIF"u8))
            {
                var block = new byte[Math.Min(length, ExifOrientation.MaxBlock)];
                return reader.TryRead(block) ? ExifOrientation.Parse(block) : 1;
            }
            reader.Position += length + (length & 1);
        }
        return 1;
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
