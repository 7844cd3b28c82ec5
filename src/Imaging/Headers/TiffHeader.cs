using System.Buffers.Binary;

namespace Chitti.Imaging;

/// <summary>TIFF 6.0: the tags of the first directory that show whether the variant is supported.</summary>
internal static class TiffHeader
{
    private const string Supported = "supported are 8 or 16 bits, grey or RGB, in strips, uncompressed, PackBits, LZW or deflate";

    private const int MaxDirectories = 1_000;
    private const int EntryLength = 12;
    private const int UnsignedIntegers = 1;
    private const int ReducedCopy = 1;
    private const int Mask = 4;

    // Bytes of one value by TIFF type; 0 for unknown ones.
    private static ReadOnlySpan<byte> TypeLengths => [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

    public static bool IsMagic(ReadOnlySpan<byte> first) => first.StartsWith("II*\0"u8) || first.StartsWith("MM\0*"u8);

    public static ParsedHeader Read(HeaderReader reader)
    {
        reader.Position = 0;
        if (!reader.TryReadByte(out var order))
        {
            return ParsedHeader.Damaged("The TIFF ends within its header.");
        }

        var bigEndian = order == (byte)'M';
        reader.Position = 4;
        if (!reader.TryReadUInt32(bigEndian, out var directory))
        {
            return ParsedHeader.Damaged("The TIFF ends within its header.");
        }

        return CheckDirectories(reader, bigEndian, directory) ?? ReadDirectory(reader, bigEndian, directory);
    }

    /// <summary>Follows the chain of directories: null if it ends, and all but the first describe copies or masks of a picture.</summary>
    private static ParsedHeader? CheckDirectories(HeaderReader reader, bool bigEndian, uint directory)
    {
        var seen = new HashSet<uint>();
        while (directory != 0)
        {
            if (!seen.Add(directory))
            {
                return ParsedHeader.Damaged("The TIFF's directories form a loop.");
            }

            reader.Position = directory;
            if (!reader.TryReadUInt16(bigEndian, out var count))
            {
                return ParsedHeader.Damaged("The TIFF points to a directory beyond its end.");
            }

            if (seen.Count > 1 && (seen.Count > MaxDirectories || IsPage(reader, bigEndian, count)))
            {
                return ParsedHeader.ManyPictures("pages");
            }

            reader.Position = directory + 2 + ((long)count * EntryLength);
            if (!reader.TryReadUInt32(bigEndian, out directory))
            {
                return ParsedHeader.Damaged("The TIFF ends within a directory.");
            }
        }
        return seen.Count == 0 ? ParsedHeader.Damaged("The TIFF contains no image.") : null;
    }

    /// <summary>Whether a directory describes a picture of its own. Tags are sorted, so its kind is the first or missing.</summary>
    private static bool IsPage(HeaderReader reader, bool bigEndian, ushort count)
    {
        var entries = new byte[Math.Min((int)count, 2) * EntryLength];
        if (!reader.TryRead(entries))
        {
            return false;
        }

        var kind = 0L;
        for (var at = 0; at < entries.Length; at += EntryLength)
        {
            kind |= KindOf(entries.AsSpan(at, EntryLength), bigEndian);
        }
        return (kind & (ReducedCopy | Mask)) == 0;
    }

    /// <summary>The bits of NewSubfileType, also from the older SubfileType; 0 for other tags.</summary>
    private static long KindOf(ReadOnlySpan<byte> entry, bool bigEndian) => UInt16(entry, bigEndian) switch
    {
        254 => Value(entry, UInt16(entry[2..], bigEndian), bigEndian),
        255 => Value(entry, UInt16(entry[2..], bigEndian), bigEndian) == 2 ? ReducedCopy : 0,
        _ => 0,
    };

    private static ParsedHeader ReadDirectory(HeaderReader reader, bool bigEndian, uint directory)
    {
        reader.Position = directory;
        reader.TryReadUInt16(bigEndian, out var count);
        var entries = new byte[count * EntryLength];
        if (!reader.TryRead(entries))
        {
            return ParsedHeader.Damaged("The TIFF's directory is too long.");
        }

        long tagBytes = 0, kind = 0;
        var hasOthers = false;
        long width = 0, height = 0, bits = 1, compression = 1, photometric = -1, orientation = 1, samples = 1, format = 1;
        for (var at = 0; at < entries.Length; at += EntryLength)
        {
            var entry = entries.AsSpan(at, EntryLength);
            var type = UInt16(entry[2..], bigEndian);
            var values = UInt32(entry[4..], bigEndian);
            if (type >= TypeLengths.Length)
            {
                return ParsedHeader.Damaged("The TIFF's directory is damaged.");
            }

            // The library reads every value there is: a few tags that name the same bytes would fill the memory.
            tagBytes += values * (long)TypeLengths[type];
            if (tagBytes > reader.Length)
            {
                return ParsedHeader.Damaged("The TIFF's directory is damaged: its values are larger than the file.");
            }

            kind |= KindOf(entry, bigEndian);
            switch (UInt16(entry, bigEndian))
            {
                case 256: width = Value(entry, type, bigEndian); break;
                case 257: height = Value(entry, type, bigEndian); break;
                case 258: bits = FirstShort(reader, entry, values, bigEndian); break;
                case 259: compression = Value(entry, type, bigEndian); break;
                case 262: photometric = Value(entry, type, bigEndian); break;
                case ExifOrientation.Tag: orientation = Value(entry, type, bigEndian); break;
                case 277: samples = Value(entry, type, bigEndian); break;
                case 330: hasOthers = true; break;
                case 339: format = FirstShort(reader, entry, values, bigEndian); break;
                case 322: return ParsedHeader.Damaged($"A tiled TIFF is not supported; {Supported}.");
            }
        }

        if (hasOthers && (kind & (ReducedCopy | Mask)) != 0)
        {
            return ParsedHeader.ManyPictures("a reduced copy before its original");
        }

        if (format != UnsignedIntegers)
        {
            return ParsedHeader.Damaged($"A TIFF of sample format {format} is not supported; unsigned integers (1) are.");
        }

        var grey = photometric is 0 or 1 && samples is 1 or 2;
        var rgb = photometric == 2 && samples is 3 or 4;
        if (bits is not (8 or 16) || compression is not (1 or 5 or 8 or 32773 or 32946) || !(grey || rgb))
        {
            return ParsedHeader.Damaged(
                $"A TIFF of {bits} bits, {samples} samples per pixel, photometric interpretation {photometric}, compression {compression} is not supported; {Supported}.");
        }
        return new ParsedHeader(width, height, Orientation.Normalise(orientation)) { CodecBytes = CodecBytes.Tiff(width, samples, bits, tagBytes, reader.Length) };
    }

    // Up to two shorts are stored in the entry itself, more elsewhere in the file.
    private static long FirstShort(HeaderReader reader, ReadOnlySpan<byte> entry, uint values, bool bigEndian)
    {
        if (values <= 2)
        {
            return UInt16(entry[8..], bigEndian);
        }

        reader.Position = UInt32(entry[8..], bigEndian);
        return reader.TryReadUInt16(bigEndian, out var value) ? value : 0;
    }

    private static long Value(ReadOnlySpan<byte> entry, ushort type, bool bigEndian) => type switch
    {
        3 => UInt16(entry[8..], bigEndian),
        4 => UInt32(entry[8..], bigEndian),
        _ => 0,
    };

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
