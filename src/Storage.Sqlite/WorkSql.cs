using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>Statements on the work ledger that are part of transactions on files and reports.</summary>
internal static class WorkSql
{
    /// <summary>Whether nobody has a lease that holds at <c>@now</c>; <c>@horizon</c> is as far ahead as one can end.</summary>
    public const string Unleased = "(lease_holder IS NULL OR lease_until <= @now OR lease_until > @horizon)";

    public static void Insert(SqliteConnection connection, SqliteTransaction transaction, WorkKind kind, IEnumerable<Guid> ids, DateTimeOffset now) =>
        connection.Execute(
            "INSERT INTO work (id, kind, attempts, due_at, stuck, dead_letter) VALUES (@id, @kind, 0, @due, 0, 0)",
            ids.Select(id => new { id = SqliteValue.Of(id), kind = WorkColumns.Word(kind), due = SqliteValue.Of(now + IWorkLedger.PublishPatience) }),
            transaction);

    /// <summary>Takes the lease if it is free. The entry of a dead letter becomes active again, with a new count of attempts.</summary>
    public static (int Attempt, string? LastError)? Begin(
        SqliteConnection connection, SqliteTransaction transaction, WorkKind kind, Guid id, string holder, DateTimeOffset now, TimeSpan duration) =>
        connection.QuerySingleOrDefault<(int, string?)?>($"""
            UPDATE work SET
                attempts = CASE WHEN dead_letter THEN 1 ELSE attempts + 1 END,
                last_error = CASE WHEN dead_letter = 0 AND lease_holder IS NULL THEN last_error END, -- a lease that just ended: the process died
                lease_holder = @holder, lease_until = @until, due_at = @until,
                published_at = coalesce(published_at, @now),
                dead_letter = 0
            WHERE id = @id AND kind = @kind AND {Unleased}
            RETURNING attempts, last_error
            """,
            new
            {
                id = SqliteValue.Of(id),
                kind = WorkColumns.Word(kind),
                holder,
                now = SqliteValue.Of(now),
                until = SqliteValue.Of(now + duration),
                horizon = SqliteValue.Of(now + LeaseRule.Horizon),
            }, transaction);

    public static void Remove(SqliteConnection connection, SqliteTransaction transaction, Guid id) =>
        connection.Execute("DELETE FROM work WHERE id = @id", new { id = SqliteValue.Of(id) }, transaction);

    /// <summary>Removes the entry of a failed file or report, or keeps it for the replay of a dead letter.</summary>
    public static void Fail(SqliteConnection connection, SqliteTransaction transaction, Guid id, string error, bool deadLetter, DateTimeOffset now)
    {
        if (!deadLetter)
        {
            Remove(connection, transaction, id);
            return;
        }

        connection.Execute("""
            UPDATE work SET dead_letter = 1, lease_holder = NULL, lease_until = NULL, published_at = NULL, due_at = @now,
                last_error = @error, outage_since = NULL, stuck = 0
            WHERE id = @id
            """, new { id = SqliteValue.Of(id), error, now = SqliteValue.Of(now) }, transaction);
    }
}
