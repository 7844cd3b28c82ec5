using static Chitti.Storage.Postgres.PostgresValue;

namespace Chitti.Storage.Postgres;

/// <summary>The work ledger in PostgreSQL. Times are by the server's clock.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class PostgresWorkLedger(PostgresDatabase database) : IWorkLedger
{
    /// <inheritdoc/>
    public async Task<bool> RenewAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        LeaseRule.CheckDuration(duration);
        return await database.ExecuteAsync(
            "UPDATE work SET lease_until = now() + $3, due_at = now() + $3 WHERE id = $1 AND lease_holder = $2",
            [Of(id), Text(holder), Of(duration)], cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <inheritdoc/>
    public async Task<bool> RecordFailureAsync(Guid id, string holder, string error, CancellationToken cancellationToken = default) =>
        await database.ExecuteAsync("""
            UPDATE work SET lease_holder = NULL, lease_until = NULL, published_at = NULL, due_at = now(), last_error = $3,
                outage_since = NULL, stuck = false
            WHERE id = $1 AND lease_holder = $2
            """, [Of(id), Text(holder), Text(Message(error))], cancellationToken).ConfigureAwait(false) == 1;

    /// <inheritdoc/>
    public async Task<OutageNote?> RecordOutageAsync(
        Guid id, string holder, string reason, TimeSpan stuckAfter, TimeSpan? retryAfter, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync("""
            WITH before AS MATERIALIZED (SELECT id, stuck FROM work WHERE id = $1 AND lease_holder = $2 FOR UPDATE)
            UPDATE work w SET attempts = greatest(0, w.attempts - 1), lease_holder = NULL, lease_until = NULL, due_at = now() + $4,
                last_error = $3, outage_since = coalesce(w.outage_since, now()),
                stuck = w.stuck OR now() - coalesce(w.outage_since, now()) > $5
            FROM before WHERE w.id = before.id
            RETURNING w.outage_since, w.stuck, w.stuck AND NOT before.stuck
            """,
            [Of(id), Text(holder), Text(Message(reason)), Of(retryAfter ?? IWorkLedger.MessagePatience), Of(stuckAfter)],
            (row, format) => new OutageNote(format.Time(row, 0), row.GetBoolean(1), row.GetBoolean(2)), cancellationToken).ConfigureAwait(false))
        .SingleOrDefault();

    /// <inheritdoc/>
    public Task ReleaseAsync(Guid id, string holder, CancellationToken cancellationToken = default) => database.ExecuteAsync("""
        UPDATE work SET attempts = greatest(0, attempts - 1), lease_holder = NULL, lease_until = NULL, published_at = NULL, due_at = now()
        WHERE id = $1 AND lease_holder = $2
        """, [Of(id), Text(holder)], cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Guid>> BeginPublishingAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        // Locked in the order of ids, so that concurrent calls can't deadlock.
        return ids.Count == 0 ? [] : await database.ReadAsync("""
            WITH due AS MATERIALIZED (
                SELECT id FROM work
                WHERE id = ANY ($1) AND NOT dead_letter AND (due_at <= now() OR due_at > now() + $4)
                  AND (lease_holder IS NULL OR lease_until <= now() OR lease_until > now() + $3)
                ORDER BY id FOR UPDATE)
            UPDATE work w SET published_at = NULL, due_at = now() + $2, lease_holder = NULL, lease_until = NULL,
                last_error = CASE WHEN w.lease_holder IS NULL THEN w.last_error END -- a lease that ended: the process died
            FROM due WHERE w.id = due.id
            RETURNING w.id
            """,
            [Of(ids.ToArray()), Of(IWorkLedger.PublishPatience), Of(LeaseRule.Horizon), Of(WorkColumns.LongestWait)],
            (row, format) => format.Id(row, 0), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task MarkPublishedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Count == 0 ? Task.CompletedTask : database.ExecuteAsync("""
            WITH waiting AS MATERIALIZED (
                SELECT id FROM work
                WHERE id = ANY ($1) AND NOT dead_letter AND published_at IS NULL AND lease_holder IS NULL AND due_at > now()
                ORDER BY id FOR UPDATE)
            UPDATE work w SET published_at = now(), due_at = now() + $2 FROM waiting WHERE w.id = waiting.id
            """, [Of(ids.ToArray()), Of(IWorkLedger.MessagePatience)], cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutBackAsync(WorkKind kind, int partition, int partitions, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        return database.ExecuteAsync("""
            WITH waiting AS MATERIALIZED (
                SELECT id FROM work
                WHERE kind = $1 AND published_at IS NOT NULL AND lease_holder IS NULL AND NOT dead_letter
                  AND get_byte(uuid_send(id), 15) % $3 = $2
                ORDER BY id FOR UPDATE)
            UPDATE work w SET published_at = NULL, due_at = now() FROM waiting WHERE w.id = waiting.id
            """, [Text(WorkColumns.Word(kind)), Of(partition), Of(partitions)], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Guid>> ListDueAsync(WorkKind kind, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await database.ReadAsync(
            WorkColumns.ListDue("NOT dead_letter", "now()", "now() + @far"),
            [Of("kind", WorkColumns.Word(kind)), Of("limit", limit), Of("far", WorkColumns.LongestWait)],
            (row, format) => format.Id(row, 0), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<WorkEntry?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync($"SELECT {WorkColumns.Names} FROM work WHERE id = $1", [Of(id)], WorkColumns.Read, cancellationToken).ConfigureAwait(false))
        .SingleOrDefault();

    /// <inheritdoc/>
    public async Task<int> CountStuckAsync(CancellationToken cancellationToken = default) =>
        (int)(await database.ScalarAsync("SELECT count(*)::integer FROM work WHERE stuck", [], cancellationToken).ConfigureAwait(false))!;

    /// <inheritdoc/>
    public async Task<int> CountUnfinishedAsync(WorkKind kind, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return (int)(await database.ScalarAsync(
            "SELECT count(*)::integer FROM (SELECT FROM work WHERE kind = $1 AND NOT dead_letter LIMIT $2) AS unfinished",
            [Text(WorkColumns.Word(kind)), Of(limit)], cancellationToken).ConfigureAwait(false))!;
    }
}
