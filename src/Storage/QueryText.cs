using System.Text;

namespace Chitti.Storage;

/// <summary>What the SQL of all queries has in common.</summary>
internal static class QueryText
{
    private const int MaxLimit = 1000;

    /// <exception cref="ArgumentOutOfRangeException">The limit of a page, or a number of ids, is not 1 to 1000.</exception>
    public static void CheckLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
    }

    /// <summary>Adds a condition on a value that the query sets.</summary>
    public static StringBuilder And(this StringBuilder text, object? value, string condition) =>
        value is null ? text : text.Append(" AND ").Append(condition);
}
