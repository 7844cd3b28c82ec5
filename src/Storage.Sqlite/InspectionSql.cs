using Chitti.Domain;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>Statements on inspections.</summary>
internal static class InspectionSql
{
    /// <summary>
    /// Completes a queued file with its first inspection: this one, unless another is stored. The inspection of a file deleted
    /// in the meantime is stored too, because inspections outlive their files. That of a failed file is not stored, because
    /// the file may be queued again and get another one.
    /// </summary>
    /// <returns>Whether this call completed the file with this inspection. False for a deleted one.</returns>
    public static bool Complete(SqliteConnection connection, SqliteTransaction transaction, Inspection inspection)
    {
        var file = SqliteValue.Of(FileOf(inspection));
        var id = SqliteValue.Of(inspection.Id!.Value);
        var (state, deletedAt) = connection.QuerySingleOrDefault<(string? State, long? DeletedAt)>(
            "SELECT state, deleted_at FROM files WHERE id = @file", new { file }, transaction);
        if (state is not (null or "queued"))
        {
            return false;
        }

        Insert(connection, transaction, inspection);
        var completed = connection.QuerySingleOrDefault<string>("""
            UPDATE files SET state = 'completed', error = NULL, completed_at = i.created_at, inspection_id = i.id, verdict = i.verdict
            FROM inspections i
            WHERE files.id = @file AND i.file_id = @file
            RETURNING inspection_id
            """, new { file }, transaction);
        WorkSql.Remove(connection, transaction, FileOf(inspection));
        return completed == id && deletedAt is null;
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, Inspection inspection)
    {
        var file = SqliteValue.Of(FileOf(inspection));
        var stored = connection.Execute("""
            INSERT INTO inspections (id, file_id, verdict, document, created_at) VALUES (@id, @file, @verdict, @document, @created)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                id = SqliteValue.Of(inspection.Id!.Value),
                file,
                verdict = ApiJson.Word(inspection.Verdict),
                document = InspectionJson.Write(inspection),
                created = SqliteValue.Of(inspection.CreatedAt),
            }, transaction);
        if (stored == 1)
        {
            connection.Execute("INSERT INTO inspection_classes (class, file_id) VALUES (@name, @file)",
                InspectionJson.Classes(inspection).Select(name => new { name, file }), transaction);
        }
    }

    private static Guid FileOf(Inspection inspection) => inspection.FileId!.Value;
}
