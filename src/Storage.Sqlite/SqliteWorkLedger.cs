using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>The work ledger in SQLite. Times are stored in whole milliseconds.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class SqliteWorkLedger(SqliteDatabase database) : IWorkLedger
{
    /// <inheritdoc/>
    public Task<bool> RenewAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        LeaseRule.CheckDuration(duration);
        return UpdateAsync("lease_until = @until, due_at = @until", id, holder,
            new { until = SqliteValue.Of(database.Now + duration) }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RecordFailureAsync(Guid id, string holder, string error, CancellationToken cancellationToken = default) =>
        UpdateAsync("""
            lease_holder = NULL, lease_until = NULL, published_at = NULL, due_at = @now, last_error = @error,
            outage_since = NULL, stuck = 0
            """, id, holder, new { now = SqliteValue.Of(database.Now), error }, cancellationToken);

    /// <inheritdoc/>
    public Task<OutageNote?> RecordOutageAsync(
        Guid id, string holder, string reason, TimeSpan stuckAfter, TimeSpan? retryAfter, CancellationToken cancellationToken = default) =>
        database.WriteAsync((connection, transaction) =>
        {
            var (key, now) = (SqliteValue.Of(id), database.Now);
            if (connection.QuerySingleOrDefault<(long? Since, bool Stuck)?>(
                "SELECT outage_since, stuck FROM work WHERE id = @key AND lease_holder = @holder", new { key, holder }, transaction) is not var (before, wasStuck))
            {
                return null;
            }

            var since = before is { } known ? SqliteValue.Time(known) : now;
            var stuck = wasStuck || now - since > stuckAfter;
            connection.Execute("""
                UPDATE work SET attempts = max(0, attempts - 1), lease_holder = NULL, lease_until = NULL, due_at = @due,
                    last_error = @reason, outage_since = @since, stuck = @stuck
                WHERE id = @key
                """,
                new { key, due = SqliteValue.Of(now + (retryAfter ?? IWorkLedger.MessagePatience)), reason, since = SqliteValue.Of(since), stuck }, transaction);
            return new OutageNote(SqliteValue.Time(SqliteValue.Of(since)), stuck, stuck && !wasStuck);
        }, cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAsync(Guid id, string holder, CancellationToken cancellationToken = default) =>
        UpdateAsync("attempts = max(0, attempts - 1), lease_holder = NULL, lease_until = NULL, published_at = NULL, due_at = @now",
            id, holder, new { now = SqliteValue.Of(database.Now) }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Guid>> BeginPublishingAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Count == 0 ? [] : await database.WriteAsync((connection, transaction) =>
        {
            var now = database.Now;
            return ids.Where(id => connection.Execute($"""
                UPDATE work SET published_at = NULL, due_at = @due, lease_holder = NULL, lease_until = NULL,
                    last_error = CASE WHEN lease_holder IS NULL THEN last_error END -- a lease that ended: the process died
                WHERE id = @id AND dead_letter = 0 AND (due_at <= @now OR due_at > @far) AND {WorkSql.Unleased}
                """,
                new
                {
                    id = SqliteValue.Of(id),
                    now = SqliteValue.Of(now),
                    due = SqliteValue.Of(now + IWorkLedger.PublishPatience),
                    far = SqliteValue.Of(now + WorkColumns.LongestWait),
                    horizon = SqliteValue.Of(now + LeaseRule.Horizon),
                }, transaction) == 1).ToList();
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task MarkPublishedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Count == 0 ? Task.CompletedTask : database.WriteAsync((connection, transaction) =>
        {
            var now = database.Now;
            return connection.Execute("""
                UPDATE work SET published_at = @now, due_at = @due
                WHERE id = @id AND dead_letter = 0 AND published_at IS NULL AND lease_holder IS NULL AND due_at > @now
                """,
                ids.Select(id => new { id = SqliteValue.Of(id), now = SqliteValue.Of(now), due = SqliteValue.Of(now + IWorkLedger.MessagePatience) }),
                transaction);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutBackAsync(WorkKind kind, int partition, int partitions, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        // The last two hexadecimal digits of the id are its last byte.
        return database.WriteAsync((connection, transaction) => connection.Execute("""
            UPDATE work SET published_at = NULL, due_at = @now
            WHERE kind = @kind AND published_at IS NOT NULL AND lease_holder IS NULL AND dead_letter = 0
              AND (16 * (instr(@digits, substr(id, -2, 1)) - 1) + instr(@digits, substr(id, -1, 1)) - 1) % @partitions = @partition
            """,
            new { now = SqliteValue.Of(database.Now), kind = WorkColumns.Word(kind), digits = "0123456789abcdef", partition, partitions },
            transaction), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Guid>> ListDueAsync(WorkKind kind, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return database.ReadAsync<IReadOnlyList<Guid>>(connection =>
        {
            var now = database.Now;
            var values = new
            {
                kind = WorkColumns.Word(kind),
                now = SqliteValue.Of(now),
                far = SqliteValue.Of(now + WorkColumns.LongestWait),
                limit,
            };
            return [.. connection.Query<string>(WorkColumns.ListDue("dead_letter = 0", "@now", "@far"), values).Select(Guid.Parse)];
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WorkEntry?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.Read(
            $"SELECT {WorkColumns.Names} FROM work WHERE id = @id", new { id = SqliteValue.Of(id) }, WorkColumns.Read).SingleOrDefault(), cancellationToken);

    /// <inheritdoc/>
    public Task<int> CountStuckAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM work WHERE stuck = 1"), cancellationToken);

    /// <inheritdoc/>
    public Task<int> CountUnfinishedAsync(WorkKind kind, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return database.ReadAsync(connection => connection.ExecuteScalar<int>(
            "SELECT count(*) FROM (SELECT 1 FROM work WHERE kind = @kind AND dead_letter = 0 LIMIT @limit)",
            new { kind = WorkColumns.Word(kind), limit }), cancellationToken);
    }

    /// <summary>Updates an entry if the holder has its lease.</summary>
    private Task<bool> UpdateAsync(string changes, Guid id, string holder, object values, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, transaction) =>
        {
            var all = new DynamicParameters(values);
            all.AddDynamicParams(new { key = SqliteValue.Of(id), holder });
            return connection.Execute($"UPDATE work SET {changes} WHERE id = @key AND lease_holder = @holder", all, transaction) == 1;
        }, cancellationToken);
}
