using System.Data.Common;
using Npgsql;

namespace Chitti.Storage.Postgres;

/// <summary>
/// Statements on a file or report together with its ledger entry. All lock the item's row before the entry, so that they can't
/// deadlock.
/// </summary>
internal static class PostgresWork
{
    /// <summary>Condition that no valid lease exists; <c>$4</c> is <see cref="LeaseRule.Horizon"/>.</summary>
    private const string Unleased = "(w.lease_holder IS NULL OR w.lease_until <= now() OR w.lease_until > now() + $4)";

    /// <summary>
    /// Takes the lease if it is free and returns the item's columns, followed by the attempt and the last error. The item's row is
    /// only locked, unless a dead letter ended the item; then it is queued again.
    /// </summary>
    /// <param name="table">Table of the items.</param>
    /// <param name="names">Columns of the items. Their alias is the first letter of the table.</param>
    /// <param name="kind">Kind of work.</param>
    public static string BeginText(string table, string names, WorkKind kind) => $"""
        WITH item AS MATERIALIZED (SELECT * FROM {table} WHERE id = $1 FOR NO KEY UPDATE),
        leased AS (
            UPDATE work w SET
                attempts = CASE WHEN w.dead_letter THEN 1 ELSE w.attempts + 1 END,
                last_error = CASE WHEN NOT w.dead_letter AND w.lease_holder IS NULL THEN w.last_error END, -- a lease that just ended: the process died
                lease_holder = $2, lease_until = now() + $3, due_at = now() + $3,
                published_at = coalesce(w.published_at, now()),
                dead_letter = false
            FROM item WHERE w.id = item.id AND w.kind = '{WorkColumns.Word(kind)}' AND {Unleased}
            RETURNING w.id, w.attempts, w.last_error),
        revived AS (
            UPDATE {table} t SET state = 'queued', error = NULL, completed_at = NULL
            FROM item, leased WHERE t.id = item.id AND t.id = leased.id AND item.state = 'failed')
        SELECT {names}, leased.attempts, leased.last_error FROM item {table[0]} JOIN leased ON leased.id = {table[0]}.id
        """;

    public static NpgsqlParameter[] BeginValues(Guid id, string holder, TimeSpan duration) =>
        [PostgresValue.Of(id), PostgresValue.Text(holder), PostgresValue.Of(duration), PostgresValue.Of(LeaseRule.Horizon)];

    /// <summary>Reads a row of <see cref="BeginText"/>.</summary>
    public static Begun<T> ReadBegun<T>(DbDataReader row, T item) where T : class => new(
        BeginOutcome.Leased, item, row.GetInt32(row.FieldCount - 2), RowFormat.TextOrNull(row, row.FieldCount - 1));

    /// <summary>Ends a queued item as failed.</summary>
    public static async Task<bool> FailAsync(
        PostgresDatabase database, string table, Guid id, string error, DateTimeOffset failedAt, bool deadLetter, CancellationToken cancellationToken)
    {
        var entry = deadLetter
            ? """
              UPDATE work w SET dead_letter = true, lease_holder = NULL, lease_until = NULL, published_at = NULL, due_at = now(),
                  last_error = $2, outage_since = NULL, stuck = false
              FROM ended WHERE w.id = ended.id
              """
            : "DELETE FROM work WHERE id IN (SELECT id FROM ended)";
        return (bool)(await database.ScalarAsync($"""
            WITH ended AS (
                UPDATE {table} SET state = 'failed', error = $2, completed_at = $3 WHERE id = $1 AND state = 'queued' RETURNING id),
            entry AS ({entry})
            SELECT EXISTS (SELECT FROM ended)
            """,
            [PostgresValue.Of(id), PostgresValue.Text(PostgresValue.Message(error)), PostgresValue.Time(failedAt)], cancellationToken).ConfigureAwait(false))!;
    }
}
