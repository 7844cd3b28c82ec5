namespace Chitti.Imaging;

/// <summary>A prefix code by the lengths of its symbols, the codes in order of length and symbol (RFC 9649, 3.7.2.1).</summary>
/// <param name="Counts">How many codes there are of each length.</param>
/// <param name="Symbols">In the order of their codes.</param>
internal sealed record WebPPrefixCode(int[] Counts, int[] Symbols)
{
    public const int MaxLength = 15;

    /// <summary>In which order the lengths of the code of lengths stand.</summary>
    public static ReadOnlySpan<byte> LengthOrder => [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>The one symbol of a code that takes no bits.</summary>
    public int? Only => Symbols.Length == 1 ? Symbols[0] : null;

    /// <summary>Null where the lengths are not those of a whole code: a decoder refuses them.</summary>
    public static WebPPrefixCode? Of(int[] lengths)
    {
        var counts = new int[MaxLength + 1];
        foreach (var length in lengths)
        {
            counts[length]++;
        }

        counts[0] = 0;
        var space = 0;
        for (var length = 1; length <= MaxLength; length++)
        {
            space += counts[length] << (MaxLength - length);
        }

        int[] symbols = [.. Enumerable.Range(0, lengths.Length).Where(symbol => lengths[symbol] > 0).OrderBy(symbol => lengths[symbol])];
        return symbols.Length == 1 || space == 1 << MaxLength ? new(counts, symbols) : null;
    }
}
