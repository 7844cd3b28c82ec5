using Dapper;
using Npgsql;

namespace Chitti.Storage.Postgres;

/// <summary>
/// The catalog in PostgreSQL. Works through a pooler in transaction mode: no statement leans on the session of another.
/// Throws <see cref="NpgsqlException"/> when the server can't be reached or refuses a statement.
/// </summary>
/// <param name="source">The database, with this program's schema (the project Storage.Postgres.Migrations); stays the caller's.</param>
public sealed class PostgresCatalog(NpgsqlDataSource source) : ICatalog
{
    /// <inheritdoc/>
    public async Task AddFilesAsync(IReadOnlyList<FileRow> files, IdempotentAnswer? answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count);
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            foreach (var file in files)
            {
                batch.BatchCommands.Add(PostgresFiles.Insert(file));
            }

            if (answer is not null)
            {
                batch.BatchCommands.Add(PostgresIdempotency.Complete(answer, files[0].CreatedAt));
            }

            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<FileRow?> GetFileAsync(Guid id, CancellationToken cancellationToken = default) =>
        (await QueryAsync<StoredFile>($"SELECT {FileListSql.Columns} FROM files f WHERE f.id = @id", new { id }, cancellationToken).ConfigureAwait(false))
        .SingleOrDefault()?.ToRow();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FileRow>> ListFilesAsync(FileQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        FileListSql.CheckLimit(query);
        var values = new
        {
            query.State,
            query.Verdict,
            query.Class,
            query.PartId,
            query.BatchId,
            query.Limit,
            query.Before,
            From = query.From?.UtcDateTime,
            To = query.To is { } to ? UpToMicrosecond(to.UtcDateTime) : (DateTime?)null,
        };
        return [.. (await QueryAsync<StoredFile>(FileListSql.ListText(query, "JOIN"), values, cancellationToken).ConfigureAwait(false)).Select(f => f.ToRow())];
    }

    /// <inheritdoc/>
    public Task CompleteFileAsync(InspectionRow inspection, DateTimeOffset completedAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        // One statement, so that no file is completed by an inspection that another had come before. The file's row is not
        // joined: the inspection of a file deleted meanwhile is stored, was given, and stays.
        return ExecuteAsync("""
            WITH stored AS (
                INSERT INTO inspections (file_id, id, verdict, document, created_at)
                VALUES (@FileId, @Id, @Verdict, @Document, @createdAt)
                ON CONFLICT (file_id) DO NOTHING RETURNING file_id),
            classes AS (
                INSERT INTO inspection_classes (class, file_id)
                SELECT DISTINCT c.class, stored.file_id FROM stored, unnest(@classes::text[]) AS c (class)
                ON CONFLICT DO NOTHING)
            UPDATE files SET state = 'completed', error = NULL, completed_at = @completedAt, inspection_id = @Id, verdict = @Verdict
            WHERE id = @FileId AND state <> 'completed'
              AND (EXISTS (SELECT FROM stored) OR EXISTS (SELECT FROM inspections WHERE file_id = @FileId AND id = @Id))
            """,
            new
            {
                inspection.FileId,
                inspection.Id,
                inspection.Verdict,
                inspection.Document,
                classes = inspection.Classes.ToArray(),
                createdAt = inspection.CreatedAt.UtcDateTime,
                completedAt = completedAt.UtcDateTime,
            }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task FailFileAsync(Guid id, string error, DateTimeOffset failedAt, CancellationToken cancellationToken = default) =>
        ExecuteAsync("UPDATE files SET state = 'failed', error = @error, completed_at = @at WHERE id = @id AND state = 'queued'",
            new { id, error, at = failedAt.UtcDateTime }, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteFileAsync(Guid id, CancellationToken cancellationToken = default) =>
        ExecuteAsync("DELETE FROM files WHERE id = @id", new { id }, cancellationToken);

    /// <inheritdoc/>
    public async Task<string?> GetInspectionAsync(Guid id, CancellationToken cancellationToken = default) =>
        (await QueryAsync<string>("SELECT document FROM inspections WHERE id = @id", new { id }, cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    /// <inheritdoc/>
    public Task MarkPublishedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default) =>
        ids.Count == 0 ? Task.CompletedTask : SetPublishedAsync(ids, true, cancellationToken);

    /// <inheritdoc/>
    public Task MarkUnpublishedAsync(Guid id, CancellationToken cancellationToken = default) => SetPublishedAsync([id], false, cancellationToken);

    /// <inheritdoc/>
    public Task MarkAllUnpublishedAsync(CancellationToken cancellationToken = default) =>
        ExecuteAsync("""
            WITH files_again AS (UPDATE files SET published = false WHERE state = 'queued' AND published)
            UPDATE reports SET published = false WHERE state = 'queued' AND published
            """, null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Guid>> ListUnpublishedFilesAsync(DateTimeOffset acceptedBefore, int limit, CancellationToken cancellationToken = default) =>
        QueryAsync<Guid>(
            "SELECT id FROM files WHERE state = 'queued' AND NOT published AND created_at < @before ORDER BY created_at, id LIMIT @limit",
            new { before = acceptedBefore.UtcDateTime, limit }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Guid>> ListUnpublishedReportsAsync(DateTimeOffset requestedBefore, int limit, CancellationToken cancellationToken = default) =>
        QueryAsync<Guid>(
            "SELECT id FROM reports WHERE state = 'queued' AND NOT published AND created_at < @before ORDER BY created_at, id LIMIT @limit",
            new { before = requestedBefore.UtcDateTime, limit }, cancellationToken);

    /// <inheritdoc/>
    public Task AddReportAsync(Guid id, DateTimeOffset createdAt, CancellationToken cancellationToken = default) =>
        ExecuteAsync("INSERT INTO reports (id, state, created_at) VALUES (@id, 'queued', @at) ON CONFLICT DO NOTHING",
            new { id, at = createdAt.UtcDateTime }, cancellationToken);

    /// <inheritdoc/>
    public Task EndReportAsync(Guid id, string state, DateTimeOffset endedAt, CancellationToken cancellationToken = default) =>
        ExecuteAsync("UPDATE reports SET state = @state, ended_at = @at WHERE id = @id AND state <> 'ready'",
            new { id, state, at = endedAt.UtcDateTime }, cancellationToken);

    /// <inheritdoc/>
    public Task UpsertProfileAsync(ProfileRow profile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return ExecuteAsync("""
            INSERT INTO profiles AS p (id, version, document, updated_at) VALUES (@Id, @Version, @Document, @at)
            ON CONFLICT (id) DO UPDATE
            SET version = excluded.version, document = excluded.document, updated_at = excluded.updated_at
            WHERE excluded.version >= p.version
            """, new { profile.Id, profile.Version, profile.Document, at = profile.UpdatedAt.UtcDateTime }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ProfileRow>> ListProfilesAsync(string? afterId, int limit, CancellationToken cancellationToken = default) =>
        [.. (await QueryAsync<(string Id, int Version, string Document, DateTime UpdatedAt)>(
            "SELECT id, version, document, updated_at FROM profiles WHERE id > @afterId ORDER BY id LIMIT @limit",
            new { afterId = afterId ?? "", limit }, cancellationToken).ConfigureAwait(false))
            .Select(p => new ProfileRow(p.Id, p.Version, p.Document, p.UpdatedAt))];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindUnownedAsync(IReadOnlyCollection<string> objectKeys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objectKeys);
        // Keys of one folder lie between "folder/" and "folder0": 0 follows the slash in the order of bytes.
        return await QueryAsync<string>("""
            SELECT k.key FROM unnest(@keys, @folders) WITH ORDINALITY AS k (key, folder, number)
            WHERE NOT EXISTS (
                SELECT FROM files
                WHERE object_key COLLATE "C" >= k.folder || '/' AND object_key COLLATE "C" < k.folder || '0')
            ORDER BY k.number
            """,
            new
            {
                keys = objectKeys.ToArray(),
                folders = objectKeys.Select(key => key[..Math.Max(0, key.LastIndexOf('/'))]).ToArray(),
            }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IdempotencyClaim> ClaimAsync(string scope, string key, DateTimeOffset now, DateTimeOffset expiredBefore, CancellationToken cancellationToken = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await PostgresIdempotency.ClaimAsync(connection, scope, key, now, expiredBefore, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(string scope, string key, CancellationToken cancellationToken = default) =>
        ExecuteAsync("DELETE FROM idempotency_keys WHERE scope = @scope AND key = @key", new { scope, key }, cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAllAsync(CancellationToken cancellationToken = default) =>
        ExecuteAsync("DELETE FROM idempotency_keys WHERE answer IS NULL", null, cancellationToken);

    /// <summary>Does nothing: with <c>synchronous_commit</c> on, which is the server's default, a commit is answered when it is durable.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken = default) => ExecuteAsync("UPDATE liveness SET writes = writes + 1", null, cancellationToken);

    private Task SetPublishedAsync(IReadOnlyCollection<Guid> ids, bool published, CancellationToken cancellationToken) =>
        ExecuteAsync("""
            WITH marked AS (UPDATE files SET published = @published WHERE id = ANY (@ids))
            UPDATE reports SET published = @published WHERE id = ANY (@ids)
            """, new { ids = ids.ToArray(), published }, cancellationToken);

    private async Task ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return [.. await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false)];
    }

    // The server keeps microseconds; a row of one must be before a time between it and the next.
    private static DateTime UpToMicrosecond(DateTime time) => (time.Ticks % TimeSpan.TicksPerMicrosecond, time < DateTime.MaxValue.AddTicks(-TimeSpan.TicksPerMicrosecond)) switch
    {
        (0, _) or (_, false) => time,
        (var rest, _) => time.AddTicks(TimeSpan.TicksPerMicrosecond - rest),
    };

    /// <summary>A row as PostgreSQL gives it.</summary>
    private sealed class StoredFile
    {
        public Guid Id { get; init; }
        public required string Name { get; init; }
        public long Size { get; init; }
        public required string Sha256 { get; init; }
        public required string MediaType { get; init; }
        public int Width { get; init; }
        public int Height { get; init; }
        public required string ObjectKey { get; init; }
        public required string ProfileId { get; init; }
        public int ProfileVersion { get; init; }
        public string? PartId { get; init; }
        public string? BatchId { get; init; }
        public required string State { get; init; }
        public string? Error { get; init; }
        public DateTime CreatedAt { get; init; }
        public DateTime? CompletedAt { get; init; }
        public Guid? InspectionId { get; init; }
        public string? Verdict { get; init; }

        public FileRow ToRow() => new()
        {
            Id = Id,
            Name = Name,
            Size = Size,
            Sha256 = Sha256,
            MediaType = MediaType,
            Width = Width,
            Height = Height,
            ObjectKey = ObjectKey,
            ProfileId = ProfileId,
            ProfileVersion = ProfileVersion,
            PartId = PartId,
            BatchId = BatchId,
            State = State,
            Error = Error,
            CreatedAt = CreatedAt,
            CompletedAt = CompletedAt,
            InspectionId = InspectionId,
            Verdict = Verdict,
        };
    }
}
