using Chitti.Domain;
using Dapper;

namespace Chitti.Storage.Sqlite;

/// <summary>The files in SQLite. Times are stored in whole milliseconds.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class SqliteFileStore(SqliteDatabase database) : IFileStore
{
    /// <inheritdoc/>
    public async Task<bool> AcceptAsync(
        IReadOnlyList<(Guid Id, FileMetadata Metadata)> files, IdempotentAnswer? answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count);
        var inserted = await database.WriteAsync((connection, transaction) =>
        {
            if (answer is not null && !IdempotencySql.Answer(connection, transaction, answer))
            {
                return null;
            }

            var ids = FileSql.Insert(connection, transaction, files);
            WorkSql.Insert(connection, transaction, WorkKind.File, ids, database.Now);
            return ids;
        }, cancellationToken).ConfigureAwait(false);
        if (inserted is null)
        {
            return false;
        }

        try
        {
            // Not cancelled, because the rows are committed and must be flushed or undone.
            await database.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (OutageException)
        {
            await UndoAsync(inserted, answer).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<Guid>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var found = await database.ReadAsync<IReadOnlySet<Guid>>(connection =>
            connection.Query<string>("SELECT id FROM files WHERE id IN @ids", new { ids = ids.Select(SqliteValue.Of) }).Select(Guid.Parse).ToHashSet(),
            cancellationToken).ConfigureAwait(false);

        // The rows may be committed and not yet synced.
        await database.FlushAsync(cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <inheritdoc/>
    public Task<FileSnapshot?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => FileSql.Get(connection, id), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FileSnapshot>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        QueryText.CheckLimit(ids.Count);
        return database.ReadAsync<IReadOnlyList<FileSnapshot>>(connection =>
            connection.Read($"{FileColumns.SelectWithInspection} WHERE f.id IN @ids", new { ids = ids.Select(SqliteValue.Of) }, FileColumns.ReadWithInspection),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<FileSnapshot>> ListAsync(FileQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryText.CheckLimit(query.Limit);
        return database.ReadAsync(connection => FileSql.List(connection, query), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Begun<FileSnapshot>> BeginAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        LeaseRule.CheckDuration(duration);
        return database.WriteAsync((connection, transaction) =>
        {
            var begun = WorkSql.Begin(connection, transaction, WorkKind.File, id, holder, database.Now, duration);
            if (begun is { Attempt: 1 })
            {
                // A failed file has an entry only if a dead letter ended it.
                connection.Execute(
                    "UPDATE files SET state = 'queued', error = NULL, completed_at = NULL WHERE id = @id AND state = 'failed'",
                    new { id = SqliteValue.Of(id) }, transaction);
            }

            var file = FileSql.Get(connection, id, transaction);
            return begun is var (attempt, lastError)
                ? new Begun<FileSnapshot>(BeginOutcome.Leased, file, attempt, lastError)
                : new(file?.Status == FileStatus.Queued ? BeginOutcome.HeldByOther : BeginOutcome.NothingToDo, file, 0, null);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(Inspection inspection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        return database.WriteAsync((connection, transaction) => InspectionSql.Complete(connection, transaction, inspection), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> FailAsync(Guid id, string error, DateTimeOffset failedAt, bool deadLetter, CancellationToken cancellationToken = default) =>
        database.WriteAsync((connection, transaction) =>
        {
            var failed = connection.Execute(
                "UPDATE files SET state = 'failed', error = @error, completed_at = @at WHERE id = @id AND state = 'queued'",
                new { id = SqliteValue.Of(id), error, at = SqliteValue.Of(failedAt) }, transaction) == 1;
            if (failed)
            {
                WorkSql.Fail(connection, transaction, id, error, deadLetter, database.Now);
            }

            return failed;
        }, cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteAsync(Guid id, string by, CancellationToken cancellationToken = default)
    {
        await database.FreeAsync((connection, transaction) => FileSql.Delete(connection, transaction, id, by, database.Now), cancellationToken)
            .ConfigureAwait(false);

        // Not cancelled, because the deletion is committed. The caller deletes the bytes next, and a power cut must not bring the
        // file back without them.
        await database.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<(Guid Id, string ObjectKey)>> ListDeletedAsync(int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return database.ReadAsync<IReadOnlyList<(Guid Id, string ObjectKey)>>(connection => connection.Read(
            "SELECT id, object_key FROM deleted_files ORDER BY id LIMIT @limit", new { limit },
            (row, format) => (format.Id(row, 0), row.GetString(1))), cancellationToken);
    }

    /// <inheritdoc/>
    public Task ForgetDeletedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return database.FreeAsync((connection, transaction) => connection.Execute(
            "DELETE FROM deleted_files WHERE id IN @ids", new { ids = ids.Select(SqliteValue.Of) }, transaction), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindUnownedAsync(IReadOnlyCollection<string> objectKeys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objectKeys);
        return database.ReadAsync(connection => FileSql.FindUnowned(connection, objectKeys), cancellationToken);
    }

    /// <summary>Undoes a commit that could not be made durable, because the caller is told that nothing was accepted.</summary>
    private Task UndoAsync(List<Guid> inserted, IdempotentAnswer? answer) =>
        database.UndoAsync((connection, transaction) =>
        {
            foreach (var id in inserted)
            {
                FileSql.Remove(connection, transaction, id);
            }

            if (answer is not null)
            {
                IdempotencySql.RemoveAnswer(connection, transaction, answer);
            }
        });
}
