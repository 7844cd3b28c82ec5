using Chitti.Domain;
using static Chitti.Storage.Postgres.PostgresValue;

namespace Chitti.Storage.Postgres;

/// <summary>The files in PostgreSQL. Times are stored in microseconds.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class PostgresFileStore(PostgresDatabase database) : IFileStore
{
    private static readonly string _begin = PostgresWork.BeginText("files", FileColumns.Names, WorkKind.File);

    /// <inheritdoc/>
    public Task<bool> AcceptAsync(
        IReadOnlyList<(Guid Id, FileMetadata Metadata)> files, IdempotentAnswer? answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<bool>(cancellationToken)
            : PostgresAcceptance.RunAsync(database, files, answer);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<Guid>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync(
            "SELECT id FROM files WHERE id = ANY ($1)", [Of(ids.ToArray())], (row, format) => format.Id(row, 0), cancellationToken)
            .ConfigureAwait(false)).ToHashSet();

    /// <inheritdoc/>
    public async Task<FileSnapshot?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync(
            $"{FileColumns.SelectWithInspection} WHERE f.id = $1 AND f.deleted_at IS NULL", [Of(id)], FileColumns.ReadWithInspection, cancellationToken).ConfigureAwait(false))
        .SingleOrDefault();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FileSnapshot>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        QueryText.CheckLimit(ids.Count);
        return await database.ReadAsync(
            $"{FileColumns.SelectWithInspection} WHERE f.id = ANY ($1)", [Of(ids.ToArray())], FileColumns.ReadWithInspection, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FileSnapshot>> ListAsync(FileQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryText.CheckLimit(query.Limit);
        return await database.ReadAsync(
            FileListSql.ListText(query, "JOIN"), PostgresFileQuery.Values(query), FileColumns.Read, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<Begun<FileSnapshot>> BeginAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        LeaseRule.CheckDuration(duration);
        var begun = await database.ReadAsync(_begin, PostgresWork.BeginValues(id, holder, duration), (row, format) =>
            // A leased file is queued, but the statement reads the row as it was before it queued a dead letter's file again.
            PostgresWork.ReadBegun(row, FileColumns.Read(row, format) with { Status = FileStatus.Queued, Error = null, CompletedAt = null }),
            cancellationToken).ConfigureAwait(false);
        if (begun.Count > 0)
        {
            return begun[0];
        }

        var file = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        return new(file?.Status == FileStatus.Queued ? BeginOutcome.HeldByOther : BeginOutcome.NothingToDo, file, 0, null);
    }

    /// <inheritdoc/>
    public async Task<bool> CompleteAsync(Inspection inspection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        // Completes a queued file with its first inspection: this one, unless another is stored. The inspection of a file deleted
        // in the meantime is stored too, because inspections outlive their files. That of a failed file is not stored,
        // because the file may be queued again and get another one.
        return (bool)(await database.ScalarAsync("""
            WITH file AS MATERIALIZED (SELECT id, state, deleted_at FROM files WHERE id = $1 FOR NO KEY UPDATE),
            stored AS (
                INSERT INTO inspections (file_id, id, verdict, document, created_at)
                SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT FROM file WHERE state <> 'queued')
                ON CONFLICT (file_id) DO NOTHING RETURNING file_id, id, verdict, created_at),
            classes AS (
                INSERT INTO inspection_classes (class, file_id) SELECT c.class, stored.file_id FROM stored, unnest($6::text[]) AS c (class)
                ON CONFLICT DO NOTHING),
            first AS (
                SELECT id, verdict, created_at FROM stored
                UNION ALL
                SELECT id, verdict, created_at FROM inspections WHERE file_id = $1 AND NOT EXISTS (SELECT FROM stored)),
            ended AS (
                UPDATE files f SET state = 'completed', error = NULL, completed_at = first.created_at, inspection_id = first.id, verdict = first.verdict
                FROM file, first WHERE f.id = file.id AND file.state = 'queued'
                RETURNING f.id, f.inspection_id),
            entry AS (DELETE FROM work WHERE id IN (SELECT id FROM ended))
            SELECT EXISTS (SELECT FROM ended, file WHERE ended.inspection_id = $2 AND file.deleted_at IS NULL)
            """,
            [
                Of(inspection.FileId!.Value),
                Of(inspection.Id!.Value),
                Text(ApiJson.Word(inspection.Verdict)),
                Text(InspectionJson.Write(inspection)),
                Time(inspection.CreatedAt),
                Of(InspectionJson.Classes(inspection).ToArray()),
            ], cancellationToken).ConfigureAwait(false))!;
    }

    /// <inheritdoc/>
    public Task<bool> FailAsync(Guid id, string error, DateTimeOffset failedAt, bool deadLetter, CancellationToken cancellationToken = default) =>
        PostgresWork.FailAsync(database, "files", id, error, failedAt, deadLetter, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(Guid id, string by, CancellationToken cancellationToken = default) => database.ExecuteAsync("""
        WITH gone AS (UPDATE files SET deleted_at = now(), deleted_by = $2 WHERE id = $1 AND deleted_at IS NULL RETURNING id, object_key),
        entry AS (DELETE FROM work WHERE id IN (SELECT id FROM gone))
        INSERT INTO deleted_files (id, object_key) SELECT id, object_key FROM gone ON CONFLICT DO NOTHING
        """, [Of(id), Text(by)], cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(Guid Id, string ObjectKey)>> ListDeletedAsync(int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await database.ReadAsync(
            "SELECT id, object_key FROM deleted_files ORDER BY id LIMIT $1", [Of(limit)],
            (row, format) => (format.Id(row, 0), row.GetString(1)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task ForgetDeletedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync("DELETE FROM deleted_files WHERE id = ANY ($1)", [Of(ids.ToArray())], cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindUnownedAsync(IReadOnlyCollection<string> objectKeys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objectKeys);
        // Keys in a folder sort between "folder/" and "folder0", because 0 is the byte after the slash.
        return await database.ReadAsync("""
            SELECT k.key FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS k (key, folder, number)
            WHERE NOT EXISTS (
                SELECT FROM files
                WHERE object_key COLLATE "C" >= k.folder || '/' AND object_key COLLATE "C" < k.folder || '0' AND deleted_at IS NULL)
              AND NOT EXISTS (
                SELECT FROM deleted_files
                WHERE object_key COLLATE "C" >= k.folder || '/' AND object_key COLLATE "C" < k.folder || '0')
            ORDER BY k.number
            """,
            [Of(objectKeys.ToArray()), Of(objectKeys.Select(key => key[..Math.Max(0, key.LastIndexOf('/'))]).ToArray())],
            (row, _) => row.GetString(0), cancellationToken).ConfigureAwait(false);
    }
}
