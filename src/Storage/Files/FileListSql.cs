using System.Text;

namespace Chitti.Storage;

/// <summary>SQL of file queries, shared by both databases.</summary>
internal static class FileListSql
{
    /// <summary>Has only the conditions that the query sets, so that each combination is planned with its own indexes.</summary>
    /// <param name="query">The query.</param>
    /// <param name="join">
    /// How the files of a class are joined. In SQLite, CROSS JOIN fixes the join order, so that it walks the index of the class
    /// from the newest file and never sorts. PostgreSQL needs no hint.
    /// </param>
    public static string ListText(FileQuery query, string join = "CROSS JOIN")
    {
        var byClass = query.Class is not null;
        var id = byClass ? "c.file_id" : "f.id";
        var text = new StringBuilder($"SELECT {FileColumns.Names} FROM ")
            .Append(byClass ? $"inspection_classes c {join} files f ON f.id = c.file_id WHERE c.class = @Class" : "files f WHERE true");
        if (!query.IncludesDeleted)
        {
            text.Append(" AND f.deleted_at IS NULL");
        }

        return text
            .And(query.Before, $"{id} < @before")
            .And(query.State, "f.state = @State")
            .And(query.Verdict, "f.verdict = @Verdict")
            .And(query.PartId, "f.part_id = @PartId")
            .And(query.BatchId, "f.batch_id = @BatchId")
            .And(query.From, "f.created_at >= @from")
            .And(query.To, "f.created_at < @to")
            .Append($" ORDER BY {id} DESC LIMIT @Limit").ToString();
    }
}
