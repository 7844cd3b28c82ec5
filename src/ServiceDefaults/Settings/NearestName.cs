namespace Chitti.ServiceDefaults;

/// <summary>Finds the known name that a misspelt name probably stands for.</summary>
internal static class NearestName
{
    // Covers two swapped letters, or up to two missing, extra or wrong ones.
    private const int MaxDistance = 2;

    /// <summary>The known name at the smallest edit distance, or one with the same last part; null if none is close.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var (nearest, distance) = known
            .Select(candidate => (Name: candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest is not null && distance <= MaxDistance
            ? nearest
            : known.FirstOrDefault(candidate => LastPart(candidate).Equals(LastPart(name), StringComparison.OrdinalIgnoreCase));
    }

    private static string LastPart(string name) => name[(name.LastIndexOf(':') + 1)..];

    // Levenshtein distance.
    private static int Distance(string from, string to)
    {
        var above = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(above[j], row[j - 1]));
            }

            above = row;
        }

        return above[to.Length];
    }
}
