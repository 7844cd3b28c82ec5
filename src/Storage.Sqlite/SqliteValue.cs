using System.Data.Common;

namespace Chitti.Storage.Sqlite;

/// <summary>How values are stored: ids as lower-case text with hyphens, which sorts UUIDv7 by time; times as milliseconds since 1970, UTC.</summary>
internal static class SqliteValue
{
    public static readonly RowFormat Format = new(
        (DbDataReader row, int column) => Guid.Parse(row.GetString(column)),
        (row, column) => Time(row.GetInt64(column)));

    public static string Of(Guid id) => id.ToString("D");

    public static long Of(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset Time(long value) => DateTimeOffset.FromUnixTimeMilliseconds(value);
}
