using Chitti.Domain;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>Statements on files.</summary>
internal static class FileSql
{
    /// <summary>Inserts the files that do not exist yet.</summary>
    /// <returns>Ids of the inserted files.</returns>
    public static List<Guid> Insert(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<(Guid Id, FileMetadata Metadata)> files)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO files (id, name, size, sha256, media_type, width, height, object_key, profile_id, profile_version,
                part_id, batch_id, state, created_at)
            VALUES (@id, @name, @size, @sha256, @media_type, @width, @height, @object_key, @profile_id, @profile_version,
                @part_id, @batch_id, 'queued', @created_at)
            ON CONFLICT (id) DO NOTHING
            """;
        var inserted = new List<Guid>(files.Count);
        foreach (var (id, file) in files)
        {
            Set("@id", SqliteValue.Of(id));
            Set("@name", file.Name);
            Set("@size", file.Size);
            Set("@sha256", file.Sha256);
            Set("@media_type", file.MediaType);
            Set("@width", file.Width);
            Set("@height", file.Height);
            Set("@object_key", file.ObjectKey);
            Set("@profile_id", file.Profile.Id);
            Set("@profile_version", file.Profile.Version);
            Set("@part_id", file.PartId);
            Set("@batch_id", file.BatchId);
            Set("@created_at", SqliteValue.Of(file.CreatedAt));
            if (command.ExecuteNonQuery() == 1)
            {
                inserted.Add(id);
            }
        }

        return inserted;

        void Set(string name, object? value)
        {
            if (command.Parameters.Contains(name))
            {
                command.Parameters[name].Value = value ?? DBNull.Value;
            }
            else
            {
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            }
        }
    }

    public static FileSnapshot? Get(SqliteConnection connection, Guid id, SqliteTransaction? transaction = null) =>
        connection.Read($"{FileColumns.SelectWithInspection} WHERE f.id = @id AND f.deleted_at IS NULL", new { id = SqliteValue.Of(id) }, FileColumns.ReadWithInspection, transaction).SingleOrDefault();

    /// <summary>Removes the row of a file that was not accepted after all.</summary>
    public static void Remove(SqliteConnection connection, SqliteTransaction transaction, Guid id)
    {
        connection.Execute("DELETE FROM files WHERE id = @id", new { id = SqliteValue.Of(id) }, transaction);
        WorkSql.Remove(connection, transaction, id);
    }

    /// <summary>Marks a file as deleted, and records that its objects must be deleted.</summary>
    public static void Delete(SqliteConnection connection, SqliteTransaction transaction, Guid id, string by, DateTimeOffset at)
    {
        var values = new { id = SqliteValue.Of(id), by, at = SqliteValue.Of(at) };
        connection.Execute(
            "INSERT INTO deleted_files (id, object_key) SELECT id, object_key FROM files WHERE id = @id AND deleted_at IS NULL ON CONFLICT DO NOTHING",
            values, transaction);
        connection.Execute("UPDATE files SET deleted_at = @at, deleted_by = @by WHERE id = @id AND deleted_at IS NULL", values, transaction);
        WorkSql.Remove(connection, transaction, id);
    }

    public static IReadOnlyList<FileSnapshot> List(SqliteConnection connection, FileQuery query) =>
        connection.Read(FileListSql.ListText(query), ListValues(query), FileColumns.Read);

    internal static object ListValues(FileQuery query) => new
    {
        query.State,
        query.Verdict,
        query.Class,
        query.PartId,
        query.BatchId,
        query.Limit,
        before = query.Before is { } before ? SqliteValue.Of(before) : null,
        from = query.From?.ToUnixTimeMilliseconds(),
        // Rounded up, because rows have whole milliseconds and one just before this time must match.
        to = query.To is { } to ? to.ToUnixTimeMilliseconds() + (to.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1) : (long?)null,
    };

    public static IReadOnlyList<string> FindUnowned(SqliteConnection connection, IReadOnlyCollection<string> objectKeys)
    {
        using var command = connection.CreateCommand();
        // Keys in a folder sort between "folder/" and "folder0", because 0 is the character after the slash.
        command.CommandText = """
            SELECT EXISTS (SELECT 1 FROM files WHERE object_key >= @folder || '/' AND object_key < @folder || '0' AND deleted_at IS NULL)
                OR EXISTS (SELECT 1 FROM deleted_files WHERE object_key >= @folder || '/' AND object_key < @folder || '0')
            """;
        var folder = command.Parameters.Add("@folder", SqliteType.Text);
        var unowned = new List<string>();
        foreach (var key in objectKeys)
        {
            folder.Value = key[..Math.Max(0, key.LastIndexOf('/'))];
            if (command.ExecuteScalar() is 0L)
            {
                unowned.Add(key);
            }
        }
        return unowned;
    }
}
