using System.Buffers.Binary;

namespace Chitti.Imaging;

/// <summary>JPEG (ITU-T T.81): segments up to the frame header.</summary>
internal static class JpegHeader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;
    private const byte Progressive = 0xC2;
    private const int MaxComponents = 4;

    public static ReadOnlySpan<byte> Magic => [0xFF, 0xD8, 0xFF];

    public static ParsedHeader Read(HeaderReader reader)
    {
        var orientation = Orientation.Upright;
        var seenExif = false;
        Span<byte> name = stackalloc byte[ExifOrientation.Name.Length];
        reader.Position = 2;
        while (TryReadSegment(reader, out var marker, out var length))
        {
            var next = reader.Position + length;
            if (marker is StartOfScan or EndOfImage)
            {
                break;
            }

            if (IsFrame(marker))
            {
                return ReadFrame(reader, marker, orientation);
            }

            if (marker == App2 && MultiPicture.HasViews(reader, length))
            {
                return ParsedHeader.ManyPictures("views of a multi-picture JPEG");
            }

            reader.Position = next - length;
            if (marker == App1 && !seenExif)
            {
                // Only EXIF is read whole: XMP may fill many segments of this kind and exhaust the reader's limits.
                if (length > name.Length && reader.TryRead(name) && name.SequenceEqual(ExifOrientation.Name))
                {
                    var block = new byte[Math.Min(length - name.Length, ExifOrientation.MaxBlock)];
                    seenExif = reader.TryRead(block);
                    orientation = seenExif ? ExifOrientation.Parse(block) : Orientation.Upright;
                }
            }
            reader.Position = next;
        }
        return ParsedHeader.Damaged("The JPEG has no readable frame header.");
    }

    /// <summary>
    /// Finds every EXIF segment before the first scan, because other readers may use one other than the first.
    /// </summary>
    public static List<(int Start, int Length)> FindExif(HeaderReader reader)
    {
        var found = new List<(int, int)>();
        Span<byte> name = stackalloc byte[ExifOrientation.Name.Length];
        reader.Position = 2;
        while (TryReadSegment(reader, out var marker, out var length) && marker is not (StartOfScan or EndOfImage))
        {
            var start = reader.Position;
            if (marker == App1 && start + length <= reader.Length && length > name.Length
                && reader.TryRead(name) && name.SequenceEqual(ExifOrientation.Name))
            {
                found.Add(((int)start, length));
            }

            reader.Position = start + length;
        }
        return found;
    }

    /// <summary>Whether the components are grey or YCbCr, by the rules of libjpeg (jdapimin.c): JFIF, then Adobe's marker, then their ids.</summary>
    public static bool IsGreyOrYCbCr(HeaderReader reader)
    {
        var (jfif, transform) = (false, -1);
        var start = new byte[12];
        reader.Position = 2;
        while (TryReadSegment(reader, out var marker, out var length) && marker is not (StartOfScan or EndOfImage))
        {
            var next = reader.Position + length;
            var content = start.AsSpan(0, Math.Min(length, start.Length));
            if (IsFrame(marker))
            {
                var frame = new byte[length];
                if (length < 15 || !reader.TryRead(frame))
                {
                    return length >= 6 && reader.TryRead(content) && content[5] == 1;
                }

                return frame[5] == 3 && (jfif || (transform < 0 ? (frame[6], frame[9], frame[12]) != ('R', 'G', 'B') : transform == 1));
            }

            if (marker is 0xE0 or 0xEE && reader.TryRead(content))
            {
                jfif |= marker == 0xE0 && content.StartsWith("JFIF\0"u8);
                transform = marker == 0xEE && content.Length == 12 && content.StartsWith("Adobe"u8) ? content[11] : transform;
            }

            reader.Position = next;
        }
        return false;
    }

    /// <summary>
    /// Whether an end marker follows the first scan; entropy-coded data can't contain one. Decoders tolerate its absence,
    /// but then the file is truncated.
    /// </summary>
    public static bool HasEnd(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; at + 4 <= jpeg.Length && jpeg[at] == 0xFF;)
        {
            var marker = jpeg[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            at += IsAlone(marker) ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (marker == StartOfScan)
            {
                return at < jpeg.Length && jpeg[at..].IndexOf([(byte)0xFF, EndOfImage]) >= 0;
            }
        }
        return false;
    }

    /// <param name="reader">Positioned at a marker; afterwards at the segment's content.</param>
    /// <param name="marker">The byte after FF.</param>
    /// <param name="length">Bytes of content.</param>
    private static bool TryReadSegment(HeaderReader reader, out byte marker, out int length)
    {
        length = 0;
        if (!reader.TryReadByte(out marker) || marker != 0xFF)
        {
            return false;
        }

        while (marker == 0xFF)
        {
            if (!reader.TryReadByte(out marker))
            {
                return false;
            }
        }
        if (IsAlone(marker))
        {
            return true;
        }

        if (!reader.TryReadUInt16(bigEndian: true, out var stated) || stated < 2)
        {
            return false;
        }

        length = stated - 2;
        return true;
    }

    /// <summary>Whether a marker has no length and no content.</summary>
    private static bool IsAlone(byte marker) => marker is EndOfImage or 0x01 or (>= 0xD0 and <= 0xD8);

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static ParsedHeader ReadFrame(HeaderReader reader, byte marker, int orientation)
    {
        Span<byte> frame = stackalloc byte[6];
        if (!reader.TryRead(frame))
        {
            return ParsedHeader.Damaged("The JPEG ends within its frame header.");
        }

        if (marker > Progressive || frame[0] != 8)
        {
            return ParsedHeader.Damaged(
                $"JPEG process {marker - 0xC0} with {frame[0]} bits is not supported; baseline and progressive with 8 bits are.");
        }
        Span<byte> components = stackalloc byte[3 * frame[5]];
        if (frame[5] is 0 or > MaxComponents || !reader.TryRead(components))
        {
            return ParsedHeader.Damaged($"A JPEG of {frame[5]} components is not supported.");
        }

        var (width, height) = (frame[3] << 8 | frame[4], frame[1] << 8 | frame[2]);
        var whole = marker == Progressive || !HasOneScan(reader, frame[5]);
        return new ParsedHeader(width, height, orientation) { CodecBytes = CodecBytes.Jpeg(width, height, components, whole, reader.Length) };
    }

    /// <summary>Whether the first scan has all components, so that the image is decoded row by row; false where there is none.</summary>
    private static bool HasOneScan(HeaderReader reader, int components)
    {
        while (TryReadSegment(reader, out var marker, out var length) && marker != EndOfImage)
        {
            var next = reader.Position + length;
            if (marker == StartOfScan)
            {
                return reader.TryReadByte(out var count) && count == components;
            }

            reader.Position = next;
        }
        return false;
    }
}
