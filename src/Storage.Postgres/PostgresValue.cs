using System.Data.Common;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Chitti.Storage.Postgres;

/// <summary>Converts values to and from the server's types.</summary>
internal static class PostgresValue
{
    public static readonly RowFormat Format = new(
        (DbDataReader row, int column) => row.GetFieldValue<Guid>(column),
        (row, column) => new DateTimeOffset(row.GetDateTime(column)));

    /// <summary>Text or null.</summary>
    public static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value ?? (object)DBNull.Value };

    public static NpgsqlParameter Time(DateTimeOffset value) => new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = value.UtcDateTime };

    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlParameter Of<T>(string name, T value) => new NpgsqlParameter<T>(name, value);

    /// <summary>
    /// Makes the message of a failure storable. The server accepts neither NUL nor lone surrogates, and a failure that can't be
    /// recorded would be retried for ever.
    /// </summary>
    public static string Message(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
