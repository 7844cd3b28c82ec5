using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>Statements on inspections.</summary>
internal static class InspectionSql
{
    /// <summary>
    /// Stores the inspection unless the file has one, and completes the file's row if it is there and this is its inspection.
    /// The inspection of a file deleted meanwhile is stored: it was given, and stays.
    /// </summary>
    /// <returns>Whether the inspection was stored now.</returns>
    public static bool Complete(SqliteConnection connection, SqliteTransaction transaction, InspectionRow inspection, DateTimeOffset completedAt)
    {
        var values = new
        {
            id = SqliteValue.Of(inspection.Id),
            file = SqliteValue.Of(inspection.FileId),
            inspection.Verdict,
            inspection.Document,
            created = SqliteValue.Of(inspection.CreatedAt),
            completed = SqliteValue.Of(completedAt),
        };
        var stored = connection.Execute("""
            INSERT INTO inspections (id, file_id, verdict, document, created_at) VALUES (@id, @file, @Verdict, @Document, @created)
            ON CONFLICT DO NOTHING
            """, values, transaction) == 1;
        if (stored)
        {
            connection.Execute("INSERT INTO inspection_classes (class, file_id) VALUES (@name, @file) ON CONFLICT DO NOTHING",
                inspection.Classes.Select(name => new { name, values.file }), transaction);
        }
        connection.Execute("""
            UPDATE files SET state = 'completed', error = NULL, completed_at = @completed, inspection_id = @id, verdict = @Verdict
            WHERE id = @file AND state <> 'completed'
              AND EXISTS (SELECT 1 FROM inspections WHERE file_id = @file AND id = @id)
            """, values, transaction);
        return stored;
    }
}
