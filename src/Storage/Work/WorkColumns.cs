using System.Data.Common;

namespace Chitti.Storage;

/// <summary>The columns of a ledger entry, identical in both databases.</summary>
internal static class WorkColumns
{
    /// <summary>Columns of <c>work</c>.</summary>
    public const string Names =
        "id, kind, attempts, lease_holder, lease_until, published_at, due_at, last_error, outage_since, stuck, dead_letter";

    /// <summary>The furthest in the future that an entry may be due. One beyond it was written before the clock was set back, and is due now.</summary>
    public static readonly TimeSpan LongestWait = IWorkLedger.MessagePatience + TimeSpan.FromHours(1);

    public static string Word(WorkKind kind) => kind switch
    {
        WorkKind.File => "file",
        WorkKind.Report => "report",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Reads a row of <see cref="Names"/>.</summary>
    public static WorkEntry Read(DbDataReader row, RowFormat format) => new()
    {
        Id = format.Id(row, 0),
        Kind = Enum.Parse<WorkKind>(row.GetString(1), ignoreCase: true),
        Attempts = row.GetInt32(2),
        LeaseHolder = RowFormat.TextOrNull(row, 3),
        LeaseUntil = format.TimeOrNull(row, 4),
        PublishedAt = format.TimeOrNull(row, 5),
        DueAt = format.Time(row, 6),
        LastError = RowFormat.TextOrNull(row, 7),
        OutageSince = format.TimeOrNull(row, 8),
        Stuck = row.GetBoolean(9),
        DeadLetter = row.GetBoolean(10),
    };

    /// <summary>
    /// The query for due entries. It scans the index on <c>due_at</c> twice, each time up to the limit, so that a long backlog is
    /// never sorted.
    /// </summary>
    /// <param name="alive">Condition that excludes dead letters.</param>
    /// <param name="now">SQL for the current time.</param>
    /// <param name="far">SQL for the latest time that an entry may be due.</param>
    public static string ListDue(string alive, string now, string far) => $"""
        SELECT id FROM (
            SELECT * FROM (
                SELECT id, due_at, 0 AS far FROM work WHERE kind = @kind AND {alive} AND due_at <= {now} ORDER BY due_at, id LIMIT @limit) AS near
            UNION ALL
            SELECT * FROM (
                SELECT id, due_at, 1 AS far FROM work WHERE kind = @kind AND {alive} AND due_at > {far} ORDER BY due_at, id LIMIT @limit) AS ahead
        ) AS due
        ORDER BY far, due_at, id LIMIT @limit
        """;
}
