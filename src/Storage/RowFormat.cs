using System.Data.Common;

namespace Chitti.Storage;

/// <summary>How a database stores ids and times.</summary>
/// <param name="Id">Reads the id in a column.</param>
/// <param name="Time">Reads the time in a column.</param>
internal sealed record RowFormat(Func<DbDataReader, int, Guid> Id, Func<DbDataReader, int, DateTimeOffset> Time)
{
    public Guid? IdOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : Id(row, column);

    public DateTimeOffset? TimeOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : Time(row, column);

    public static string? TextOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
