using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>Runs queries with a function that reads each row.</summary>
internal static class SqliteStatements
{
    public static List<T> Read<T>(
        this SqliteConnection connection, string sql, object? values, Func<DbDataReader, RowFormat, T> read, SqliteTransaction? transaction = null)
    {
        using var row = (DbDataReader)connection.ExecuteReader(sql, values, transaction);
        var rows = new List<T>();
        while (row.Read())
        {
            rows.Add(read(row, SqliteValue.Format));
        }

        return rows;
    }
}
