using Chitti.Domain;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>The reports in SQLite. Times are stored in whole milliseconds.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class SqliteReportStore(SqliteDatabase database) : IReportStore
{
    /// <inheritdoc/>
    public async Task AddAsync(Guid id, ReportRequest request, DateTimeOffset createdAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var added = await database.WriteAsync((connection, transaction) =>
        {
            var inserted = connection.Execute(
                "INSERT INTO reports (id, request, state, created_at) VALUES (@id, @request, 'queued', @at) ON CONFLICT DO NOTHING",
                new { id = SqliteValue.Of(id), request = ReportColumns.WriteRequest(request), at = SqliteValue.Of(createdAt) }, transaction) == 1;
            if (inserted)
            {
                WorkSql.Insert(connection, transaction, WorkKind.Report, [id], database.Now);
            }

            return inserted;
        }, cancellationToken).ConfigureAwait(false);
        try
        {
            // Not cancelled, because the row is committed and must be flushed or removed.
            await database.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (OutageException) when (added)
        {
            await RemoveAsync(id).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<ReportRecord?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => Get(connection, id), cancellationToken);

    /// <inheritdoc/>
    public Task<Begun<ReportRecord>> BeginAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        LeaseRule.CheckDuration(duration);
        return database.WriteAsync((connection, transaction) =>
        {
            var begun = WorkSql.Begin(connection, transaction, WorkKind.Report, id, holder, database.Now, duration);
            if (begun is { Attempt: 1 })
            {
                // A failed report has an entry only if a dead letter ended it.
                connection.Execute(
                    "UPDATE reports SET state = 'queued', error = NULL, completed_at = NULL WHERE id = @id AND state = 'failed'",
                    new { id = SqliteValue.Of(id) }, transaction);
            }

            var report = Get(connection, id, transaction);
            return begun is var (attempt, lastError)
                ? new Begun<ReportRecord>(BeginOutcome.Leased, report, attempt, lastError)
                : new(report?.Status == ReportStatus.Queued ? BeginOutcome.HeldByOther : BeginOutcome.NothingToDo, report, 0, null);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(Guid id, string objectKey, DateTimeOffset completedAt, CancellationToken cancellationToken = default) =>
        database.WriteAsync((connection, transaction) =>
        {
            var completed = connection.Execute(
                "UPDATE reports SET state = 'ready', object_key = @objectKey, completed_at = @at WHERE id = @id AND state = 'queued'",
                new { id = SqliteValue.Of(id), objectKey, at = SqliteValue.Of(completedAt) }, transaction) == 1;
            if (completed)
            {
                WorkSql.Remove(connection, transaction, id);
            }

            return completed;
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> FailAsync(Guid id, string error, DateTimeOffset failedAt, bool deadLetter, CancellationToken cancellationToken = default) =>
        database.WriteAsync((connection, transaction) =>
        {
            var failed = connection.Execute(
                "UPDATE reports SET state = 'failed', error = @error, completed_at = @at WHERE id = @id AND state = 'queued'",
                new { id = SqliteValue.Of(id), error, at = SqliteValue.Of(failedAt) }, transaction) == 1;
            if (failed)
            {
                WorkSql.Fail(connection, transaction, id, error, deadLetter, database.Now);
            }

            return failed;
        }, cancellationToken);

    private static ReportRecord? Get(SqliteConnection connection, Guid id, SqliteTransaction? transaction = null) => connection.Read(
        $"SELECT {ReportColumns.Names} FROM reports r WHERE r.id = @id", new { id = SqliteValue.Of(id) }, ReportColumns.Read, transaction).SingleOrDefault();

    /// <summary>Undoes a commit that could not be made durable, because the caller is told that nothing was accepted.</summary>
    private Task RemoveAsync(Guid id) => database.UndoAsync((connection, transaction) =>
    {
        connection.Execute("DELETE FROM reports WHERE id = @id", new { id = SqliteValue.Of(id) }, transaction);
        WorkSql.Remove(connection, transaction, id);
    });
}
