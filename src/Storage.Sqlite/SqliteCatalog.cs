using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// The catalog in SQLite. Times are kept in whole milliseconds.
/// A busy or full database throws <see cref="SqliteException"/>, see <see cref="StorageFull"/>.
/// </summary>
/// <param name="database">Where; stays the caller's.</param>
public sealed class SqliteCatalog(SqliteDatabase database) : ICatalog
{
    /// <inheritdoc/>
    public Task AddFilesAsync(IReadOnlyList<FileRow> files, IdempotentAnswer? answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count);
        return WriteAsync((connection, transaction) =>
        {
            FileSql.Insert(connection, transaction, files);
            if (answer is not null)
            {
                IdempotencySql.Complete(connection, transaction, answer, files[0].CreatedAt);
            }

            return true;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<FileRow?> GetFileAsync(Guid id, CancellationToken cancellationToken = default) =>
        ReadAsync(connection => FileSql.Get(connection, id), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FileRow>> ListFilesAsync(FileQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync(connection => FileSql.List(connection, query), cancellationToken);
    }

    /// <inheritdoc/>
    public Task CompleteFileAsync(InspectionRow inspection, DateTimeOffset completedAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        return WriteAsync((connection, transaction) => InspectionSql.Complete(connection, transaction, inspection, completedAt), cancellationToken);
    }

    /// <inheritdoc/>
    public Task FailFileAsync(Guid id, string error, DateTimeOffset failedAt, CancellationToken cancellationToken = default) =>
        ExecuteAsync("UPDATE files SET state = 'failed', error = @error, completed_at = @at WHERE id = @id AND state = 'queued'",
            new { id = SqliteValue.Of(id), error, at = SqliteValue.Of(failedAt) }, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteFileAsync(Guid id, CancellationToken cancellationToken = default) =>
        ExecuteAsync("DELETE FROM files WHERE id = @id", new { id = SqliteValue.Of(id) }, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> GetInspectionAsync(Guid id, CancellationToken cancellationToken = default) =>
        ReadAsync(connection => connection.QuerySingleOrDefault<string>(
            "SELECT document FROM inspections WHERE id = @id", new { id = SqliteValue.Of(id) }), cancellationToken);

    /// <inheritdoc/>
    public Task MarkPublishedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default) =>
        ids.Count == 0 ? Task.CompletedTask : SetPublishedAsync(ids, 1, cancellationToken);

    /// <inheritdoc/>
    public Task MarkUnpublishedAsync(Guid id, CancellationToken cancellationToken = default) =>
        SetPublishedAsync([id], 0, cancellationToken);

    /// <inheritdoc/>
    public Task MarkAllUnpublishedAsync(CancellationToken cancellationToken = default) =>
        ExecuteAsync("""
            UPDATE files SET published = 0 WHERE state = 'queued' AND published = 1;
            UPDATE reports SET published = 0 WHERE state = 'queued' AND published = 1;
            """, null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Guid>> ListUnpublishedFilesAsync(DateTimeOffset acceptedBefore, int limit, CancellationToken cancellationToken = default) =>
        ListIdsAsync("SELECT id FROM files WHERE state = 'queued' AND published = 0 AND created_at < @before ORDER BY created_at, id LIMIT @limit",
            acceptedBefore, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Guid>> ListUnpublishedReportsAsync(DateTimeOffset requestedBefore, int limit, CancellationToken cancellationToken = default) =>
        ListIdsAsync("SELECT id FROM reports WHERE state = 'queued' AND published = 0 AND created_at < @before ORDER BY created_at, id LIMIT @limit",
            requestedBefore, limit, cancellationToken);

    /// <inheritdoc/>
    public Task AddReportAsync(Guid id, DateTimeOffset createdAt, CancellationToken cancellationToken = default) =>
        ExecuteAsync("INSERT INTO reports (id, state, created_at) VALUES (@id, 'queued', @at) ON CONFLICT DO NOTHING",
            new { id = SqliteValue.Of(id), at = SqliteValue.Of(createdAt) }, cancellationToken);

    /// <inheritdoc/>
    public Task EndReportAsync(Guid id, string state, DateTimeOffset endedAt, CancellationToken cancellationToken = default) =>
        ExecuteAsync("UPDATE reports SET state = @state, ended_at = @at WHERE id = @id AND state <> 'ready'",
            new { id = SqliteValue.Of(id), state, at = SqliteValue.Of(endedAt) }, cancellationToken);

    /// <inheritdoc/>
    public Task UpsertProfileAsync(ProfileRow profile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return ExecuteAsync("""
            INSERT INTO profiles (id, version, document, updated_at) VALUES (@Id, @Version, @Document, @at)
            ON CONFLICT (id) DO UPDATE
            SET version = excluded.version, document = excluded.document, updated_at = excluded.updated_at
            WHERE excluded.version >= version
            """, new { profile.Id, profile.Version, profile.Document, at = SqliteValue.Of(profile.UpdatedAt) }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProfileRow>> ListProfilesAsync(string? afterId, int limit, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<ProfileRow>>(connection =>
            [.. connection.Query<(string Id, long Version, string Document, long UpdatedAt)>(
                "SELECT id, version, document, updated_at FROM profiles WHERE id > @afterId ORDER BY id LIMIT @limit",
                new { afterId = afterId ?? "", limit })
                .Select(p => new ProfileRow(p.Id, (int)p.Version, p.Document, SqliteValue.Time(p.UpdatedAt)))],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindUnownedAsync(IReadOnlyCollection<string> objectKeys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objectKeys);
        return ReadAsync(connection => FileSql.FindUnowned(connection, objectKeys), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IdempotencyClaim> ClaimAsync(string scope, string key, DateTimeOffset now, DateTimeOffset expiredBefore, CancellationToken cancellationToken = default) =>
        WriteAsync((connection, transaction) => IdempotencySql.Claim(connection, transaction, scope, key, now, expiredBefore), cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAsync(string scope, string key, CancellationToken cancellationToken = default) =>
        ExecuteAsync("DELETE FROM idempotency_keys WHERE scope = @scope AND key = @key", new { scope, key }, cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAllAsync(CancellationToken cancellationToken = default) =>
        ExecuteAsync("DELETE FROM idempotency_keys WHERE answer IS NULL", null, cancellationToken);

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken = default) => database.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken = default) => database.CheckAsync(cancellationToken);

    private Task<bool> SetPublishedAsync(IReadOnlyCollection<Guid> ids, int published, CancellationToken cancellationToken) =>
        WriteAsync((connection, transaction) =>
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = """
                UPDATE files SET published = @published WHERE id = @id;
                UPDATE reports SET published = @published WHERE id = @id;
                """;
            command.Parameters.AddWithValue("@published", published);
            var parameter = command.Parameters.Add("@id", SqliteType.Text);
            foreach (var id in ids)
            {
                parameter.Value = SqliteValue.Of(id);
                command.ExecuteNonQuery();
            }
            return true;
        }, cancellationToken);

    private Task<IReadOnlyList<Guid>> ListIdsAsync(string sql, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<Guid>>(connection =>
            [.. connection.Query<string>(sql, new { before = SqliteValue.Of(before), limit }).Select(Guid.Parse)], cancellationToken);

    private Task<bool> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        WriteAsync((connection, transaction) => connection.Execute(sql, parameters, transaction) > 0, cancellationToken);

    private async Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        // Opening yields to the thread pool; what follows stays there.
        await using var connection = (SqliteConnection)await database.Writer.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        using var transaction = connection.BeginTransaction();
        var result = work(connection, transaction);
        transaction.Commit();
        return result;
    }

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        Task.Run(() =>
        {
            using var connection = database.OpenReader();
            return work(connection);
        }, cancellationToken);
}
