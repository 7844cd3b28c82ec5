using System.Buffers.Binary;

namespace Chitti.Imaging;

/// <summary>PNG (W3C, third edition): IHDR, and eXIf if it precedes the pixels.</summary>
internal static class PngHeader
{
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static ParsedHeader Read(HeaderReader reader)
    {
        Span<byte> head = stackalloc byte[16];
        reader.Position = Magic.Length;
        if (!reader.TryRead(head) || !head[4..8].SequenceEqual("IHDR"u8))
        {
            return ParsedHeader.Damaged("The PNG does not begin with its header.");
        }

        var width = BinaryPrimitives.ReadUInt32BigEndian(head[8..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(head[12..]);
        reader.Position = Magic.Length;
        return new ParsedHeader(width, height, FindOrientation(reader));
    }

    /// <summary>Whether the chunks continue to IEND within the file.</summary>
    public static bool HasEnd(HeaderReader reader)
    {
        reader.Position = Magic.Length;
        Span<byte> head = stackalloc byte[8];
        while (reader.TryRead(head))
        {
            reader.Position += BinaryPrimitives.ReadUInt32BigEndian(head) + 4L;
            if (head[4..].SequenceEqual("IEND"u8))
            {
                return reader.Position <= reader.Length;
            }
        }
        return false;
    }

    private static int FindOrientation(HeaderReader reader)
    {
        Span<byte> head = stackalloc byte[8];
        while (reader.TryRead(head))
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (head[4..].SequenceEqual("IDAT"u8))
            {
                break;
            }

            if (head[4..].SequenceEqual("eXIf"u8))
            {
                var block = new byte[Math.Min(length, ExifOrientation.MaxBlock)];
                return reader.TryRead(block) ? ExifOrientation.Parse(block) : 1;
            }
            reader.Position += length + 4L;
        }
        return 1;
    }
}
