namespace Chitti.Imaging;

/// <summary>
/// Reads a lossless WebP's bits as far as the number of its sets of prefix codes (RFC 9649, 3.4 to 3.7). The pixels on the
/// way are counted and not kept: the largest number of a set stands in a literal, copies only repeat it.
/// </summary>
internal ref struct WebPBits(ReadOnlySpan<byte> bytes)
{
    private const int Literals = 256;
    private const int Lengths = 24;
    private const int Distances = 40;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private long _position;

    /// <summary>Sets of prefix codes; null where the bits are damaged, or end before they say it.</summary>
    public int? CountSets(int width, int height)
    {
        for (var transforms = 0; Read(1) == 1; transforms++)
        {
            if (transforms == 4 || !SkipTransform(ref width, height))
            {
                return null;
            }
        }

        if (ReadCacheBits() is null)
        {
            return null;
        }

        if (Read(1) == 0)
        {
            return IsOver ? null : 1;
        }

        var tile = Read(3) + 2;
        return ReadImage(Tiles(width, tile), Tiles(height, tile)) + 1;
    }

    private readonly bool IsOver => _position > 8L * _bytes.Length;

    private static int Tiles(int side, int bits) => (side + (1 << bits) - 1) >> bits;

    private int Read(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++, _position++)
        {
            var at = _position >> 3;
            value |= at < _bytes.Length ? (_bytes[(int)at] >> (int)(_position & 7) & 1) << i : 0;
        }

        return value;
    }

    private bool SkipTransform(ref int width, int height)
    {
        switch (Read(2))
        {
            case 2:
                return true;
            case 3:
                var colours = Read(8) + 1;
                width = Tiles(width, colours switch { <= 2 => 3, <= 4 => 2, <= 16 => 1, _ => 0 });
                return ReadImage(colours, 1) is not null;
            default:
                var tile = Read(3) + 2;
                return ReadImage(Tiles(width, tile), Tiles(height, tile)) is not null;
        }
    }

    /// <summary>Bits of the colour cache, 0 for none; null where there are more than allowed.</summary>
    private int? ReadCacheBits() => Read(1) == 0 ? 0 : Read(4) is >= 1 and <= 11 and var bits ? bits : null;

    /// <summary>Reads an image that has one set of codes; gives the largest red and green of a literal, as one number.</summary>
    private int? ReadImage(int width, int height)
    {
        if (ReadCacheBits() is not { } cacheBits)
        {
            return null;
        }

        var codes = new WebPPrefixCode[5];
        int[] alphabets = [Literals + Lengths + (cacheBits > 0 ? 1 << cacheBits : 0), Literals, Literals, Literals, Distances];
        for (var i = 0; i < codes.Length; i++)
        {
            if (ReadCode(alphabets[i]) is not { } code)
            {
                return null;
            }

            codes[i] = code;
        }

        var largest = 0;
        for (long left = (long)width * height; left > 0;)
        {
            var symbol = Decode(codes[0]);
            if (symbol < 0 || IsOver)
            {
                return null;
            }

            if (symbol >= Literals + Lengths)
            {
                left--;
            }
            else if (symbol >= Literals)
            {
                left -= ReadPrefixed(symbol - Literals);
                ReadPrefixed(Math.Max(0, Decode(codes[4])));
            }
            else
            {
                largest = Math.Max(largest, Decode(codes[1]) << 8 | symbol);
                Decode(codes[2]);
                Decode(codes[3]);
                left--;
            }
        }

        return IsOver ? null : largest;
    }

    private int ReadPrefixed(int prefix)
    {
        if (prefix < 4)
        {
            return prefix + 1;
        }

        var extra = (prefix - 2) >> 1;
        return ((2 + (prefix & 1)) << extra) + Read(extra) + 1;
    }

    private int Decode(WebPPrefixCode code)
    {
        if (code.Only is { } only)
        {
            return only;
        }

        var (bits, first, index) = (0, 0, 0);
        for (var length = 1; length <= WebPPrefixCode.MaxLength; length++)
        {
            bits |= Read(1);
            var count = code.Counts[length];
            if (bits - first < count)
            {
                return code.Symbols[index + bits - first];
            }

            index += count;
            first = (first + count) << 1;
            bits <<= 1;
        }

        return -1;
    }

    private WebPPrefixCode? ReadCode(int alphabet)
    {
        var lengths = new int[alphabet];
        if (Read(1) == 1)
        {
            var (symbols, bits) = (Read(1) + 1, Read(1) == 1 ? 8 : 1);
            for (; symbols > 0; symbols--, bits = 8)
            {
                var symbol = Read(bits);
                if (symbol >= alphabet)
                {
                    return null;
                }

                lengths[symbol] = 1;
            }

            return WebPPrefixCode.Of(lengths);
        }

        var ofLengths = new int[WebPPrefixCode.LengthOrder.Length];
        var given = Read(4) + 4;
        for (var i = 0; i < given && i < ofLengths.Length; i++)
        {
            ofLengths[WebPPrefixCode.LengthOrder[i]] = Read(3);
        }

        return given <= ofLengths.Length && WebPPrefixCode.Of(ofLengths) is { } code && TryReadLengths(code, lengths)
            ? WebPPrefixCode.Of(lengths)
            : null;
    }

    private bool TryReadLengths(WebPPrefixCode code, int[] lengths)
    {
        var left = Read(1) == 1 ? 2 + Read(2 + (2 * Read(3))) : lengths.Length;
        if (left > lengths.Length)
        {
            return false;
        }

        var previous = 8;
        for (var at = 0; at < lengths.Length && left > 0; left--)
        {
            var length = Decode(code);
            var (value, repeat) = length switch
            {
                16 => (previous, 3 + Read(2)),
                17 => (0, 3 + Read(3)),
                18 => (0, 11 + Read(7)),
                _ => (length, 1),
            };
            if (length < 0 || IsOver || at + repeat > lengths.Length)
            {
                return false;
            }

            lengths.AsSpan(at, repeat).Fill(value);
            at += repeat;
            previous = length is > 0 and < 16 ? length : previous;
        }

        return true;
    }
}
