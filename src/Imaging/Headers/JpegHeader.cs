namespace Chitti.Imaging;

/// <summary>JPEG (ITU-T T.81): segments up to the frame header.</summary>
internal static class JpegHeader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte App1 = 0xE1;

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

    /// <summary>
    /// Whether an end marker follows the first scan; entropy-coded data can't contain one. Decoders tolerate its absence,
    /// but then the file is truncated.
    /// </summary>
    public static bool HasEnd(HeaderReader reader, ReadOnlySpan<byte> encoded)
    {
        reader.Position = 2;
        while (TryReadSegment(reader, out var marker, out var length))
        {
            reader.Position += length;
            if (marker == StartOfScan)
            {
                return reader.Position < encoded.Length && encoded[(int)reader.Position..].IndexOf([(byte)0xFF, EndOfImage]) >= 0;
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
        if (marker is EndOfImage or 0x01 or (>= 0xD0 and <= 0xD8))
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

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static ParsedHeader ReadFrame(HeaderReader reader, byte marker, int orientation)
    {
        Span<byte> frame = stackalloc byte[6];
        if (!reader.TryRead(frame))
        {
            return ParsedHeader.Damaged("The JPEG ends within its frame header.");
        }

        if (marker > 0xC2 || frame[0] != 8)
        {
            return ParsedHeader.Damaged(
                $"JPEG process {marker - 0xC0} with {frame[0]} bits is not supported; baseline and progressive with 8 bits are.");
        }
        return new ParsedHeader(frame[3] << 8 | frame[4], frame[1] << 8 | frame[2], orientation);
    }
}
