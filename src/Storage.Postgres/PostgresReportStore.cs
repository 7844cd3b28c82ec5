using Chitti.Domain;
using static Chitti.Storage.Postgres.PostgresValue;

namespace Chitti.Storage.Postgres;

/// <summary>The reports in PostgreSQL. Times are stored in microseconds.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class PostgresReportStore(PostgresDatabase database) : IReportStore
{
    private static readonly string _begin = PostgresWork.BeginText("reports", ReportColumns.Names, WorkKind.Report);

    /// <inheritdoc/>
    public Task AddAsync(Guid id, ReportRequest request, DateTimeOffset createdAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Not cancelled once sent, because the caller would not know what was stored.
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : database.ExecuteAsync("""
            WITH added AS (
                INSERT INTO reports (id, request, state, created_at) VALUES ($1, $2, 'queued', $3) ON CONFLICT DO NOTHING RETURNING id)
            INSERT INTO work (id, kind, attempts, due_at, stuck, dead_letter)
            SELECT id, 'report', 0, now() + $4, false, false FROM added
            """,
            [Of(id), Text(ReportColumns.WriteRequest(request)), Time(createdAt), Of(IWorkLedger.PublishPatience)], CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task<ReportRecord?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync(
            $"SELECT {ReportColumns.Names} FROM reports r WHERE r.id = $1", [Of(id)], ReportColumns.Read, cancellationToken).ConfigureAwait(false))
        .SingleOrDefault();

    /// <inheritdoc/>
    public async Task<Begun<ReportRecord>> BeginAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        LeaseRule.CheckDuration(duration);
        var begun = await database.ReadAsync(_begin, PostgresWork.BeginValues(id, holder, duration), (row, format) =>
            // A leased report is queued, but the statement reads the row as it was before it queued a dead letter's report again.
            PostgresWork.ReadBegun(row, ReportColumns.Read(row, format) with { Status = ReportStatus.Queued, Error = null, CompletedAt = null }),
            cancellationToken).ConfigureAwait(false);
        if (begun.Count > 0)
        {
            return begun[0];
        }

        var report = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        return new(report?.Status == ReportStatus.Queued ? BeginOutcome.HeldByOther : BeginOutcome.NothingToDo, report, 0, null);
    }

    /// <inheritdoc/>
    public async Task<bool> CompleteAsync(Guid id, string objectKey, DateTimeOffset completedAt, CancellationToken cancellationToken = default) =>
        (bool)(await database.ScalarAsync("""
            WITH ended AS (
                UPDATE reports SET state = 'ready', object_key = $2, completed_at = $3 WHERE id = $1 AND state = 'queued' RETURNING id),
            entry AS (DELETE FROM work WHERE id IN (SELECT id FROM ended))
            SELECT EXISTS (SELECT FROM ended)
            """, [Of(id), Text(objectKey), Time(completedAt)], cancellationToken).ConfigureAwait(false))!;

    /// <inheritdoc/>
    public Task<bool> FailAsync(Guid id, string error, DateTimeOffset failedAt, bool deadLetter, CancellationToken cancellationToken = default) =>
        PostgresWork.FailAsync(database, "reports", id, error, failedAt, deadLetter, cancellationToken);
}
