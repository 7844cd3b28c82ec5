using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>Statements on files.</summary>
internal static class FileSql
{

    public static void Insert(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<FileRow> files)
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
        foreach (var file in files)
        {
            Set("@id", SqliteValue.Of(file.Id));
            Set("@name", file.Name);
            Set("@size", file.Size);
            Set("@sha256", file.Sha256);
            Set("@media_type", file.MediaType);
            Set("@width", file.Width);
            Set("@height", file.Height);
            Set("@object_key", file.ObjectKey);
            Set("@profile_id", file.ProfileId);
            Set("@profile_version", file.ProfileVersion);
            Set("@part_id", file.PartId);
            Set("@batch_id", file.BatchId);
            Set("@created_at", SqliteValue.Of(file.CreatedAt));
            command.ExecuteNonQuery();
        }

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

    public static FileRow? Get(SqliteConnection connection, Guid id) =>
        connection.QuerySingleOrDefault<StoredFile>($"SELECT {FileListSql.Columns} FROM files f WHERE f.id = @id", new { id = SqliteValue.Of(id) })?.ToRow();

    public static IReadOnlyList<FileRow> List(SqliteConnection connection, FileQuery query)
    {
        FileListSql.CheckLimit(query);
        return [.. connection.Query<StoredFile>(FileListSql.ListText(query), ListValues(query)).Select(f => f.ToRow())];
    }


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
        // Up: a row is kept in whole milliseconds, and must be before a time between two of them.
        to = query.To is { } to ? to.ToUnixTimeMilliseconds() + (to.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1) : (long?)null,
    };

    public static IReadOnlyList<string> FindUnowned(SqliteConnection connection, IReadOnlyCollection<string> objectKeys)
    {
        using var command = connection.CreateCommand();
        // Keys of one folder lie between "folder/" and "folder0": 0 follows the slash.
        command.CommandText = "SELECT 1 FROM files WHERE object_key >= @folder || '/' AND object_key < @folder || '0' LIMIT 1";
        var folder = command.Parameters.Add("@folder", SqliteType.Text);
        var unowned = new List<string>();
        foreach (var key in objectKeys)
        {
            folder.Value = key[..Math.Max(0, key.LastIndexOf('/'))];
            if (command.ExecuteScalar() is null)
            {
                unowned.Add(key);
            }
        }
        return unowned;
    }

    /// <summary>A row as SQLite gives it.</summary>
    private sealed class StoredFile
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public long Size { get; init; }
        public required string Sha256 { get; init; }
        public required string MediaType { get; init; }
        public long Width { get; init; }
        public long Height { get; init; }
        public required string ObjectKey { get; init; }
        public required string ProfileId { get; init; }
        public long ProfileVersion { get; init; }
        public string? PartId { get; init; }
        public string? BatchId { get; init; }
        public required string State { get; init; }
        public string? Error { get; init; }
        public long CreatedAt { get; init; }
        public long? CompletedAt { get; init; }
        public string? InspectionId { get; init; }
        public string? Verdict { get; init; }

        public FileRow ToRow() => new()
        {
            Id = Guid.Parse(Id),
            Name = Name,
            Size = Size,
            Sha256 = Sha256,
            MediaType = MediaType,
            Width = (int)Width,
            Height = (int)Height,
            ObjectKey = ObjectKey,
            ProfileId = ProfileId,
            ProfileVersion = (int)ProfileVersion,
            PartId = PartId,
            BatchId = BatchId,
            State = State,
            Error = Error,
            CreatedAt = SqliteValue.Time(CreatedAt),
            CompletedAt = CompletedAt is { } completed ? SqliteValue.Time(completed) : null,
            InspectionId = InspectionId is { } inspection ? Guid.Parse(inspection) : null,
            Verdict = Verdict,
        };
    }
}
