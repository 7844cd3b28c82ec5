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
        Span<byte> kind = stackalloc byte[5];
        if (!reader.TryRead(kind))
        {
            return ParsedHeader.Damaged("The PNG ends within its header.");
        }

        reader.Position = Magic.Length;
        var (orientation, transparent, animated) = ReadChunks(reader);
        if (animated)
        {
            return ParsedHeader.ManyPictures("frames of an animation");
        }

        return new ParsedHeader(width, height, orientation)
        {
            CodecBytes = CodecBytes.Png(width, height, bits: kind[0], colourType: kind[1], interlaced: kind[4] != 0, transparent, reader.Length),
        };
    }

    /// <summary>Whether the chunks continue to IEND within the file.</summary>
    public static bool HasEnd(ReadOnlySpan<byte> png)
    {
        for (long at = Magic.Length; at <= png.Length - 12;)
        {
            var chunk = png[(int)at..];
            at += BinaryPrimitives.ReadUInt32BigEndian(chunk) + 12L;
            if (chunk[4..8].SequenceEqual("IEND"u8))
            {
                return at <= png.Length;
            }
        }
        return false;
    }

    /// <summary>Reads the chunks before the pixels: the orientation, whether a colour is transparent, and whether there are more frames.</summary>
    private static (int Orientation, bool Transparent, bool Animated) ReadChunks(HeaderReader reader)
    {
        var (orientation, transparent) = ((int?)null, false);
        var (frames, pixelsAreFrame) = (0u, false);
        Span<byte> head = stackalloc byte[8];
        while (reader.TryRead(head))
        {
            var next = reader.Position + BinaryPrimitives.ReadUInt32BigEndian(head) + 4L;
            if (head[4..].SequenceEqual("IDAT"u8))
            {
                break;
            }

            transparent |= head[4..].SequenceEqual("tRNS"u8);
            pixelsAreFrame |= head[4..].SequenceEqual("fcTL"u8);
            if (head[4..].SequenceEqual("acTL"u8) && reader.TryReadUInt32(bigEndian: true, out var count))
            {
                frames = count;
            }

            if (head[4..].SequenceEqual("eXIf"u8) && orientation is null)
            {
                var block = new byte[Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), ExifOrientation.MaxBlock)];
                orientation = reader.TryRead(block) ? ExifOrientation.Parse(block) : Orientation.Upright;
            }
            reader.Position = next;
        }
        return (orientation ?? Orientation.Upright, transparent, frames > (pixelsAreFrame ? 1 : 0));
    }
}
