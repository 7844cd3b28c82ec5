using System.Text;

namespace Chitti.Storage;

/// <summary>The text of file queries, the same for every database.</summary>
internal static class FileListSql
{
    private const int MaxLimit = 1000;

    public const string Columns = """
        f.id AS Id, f.name AS Name, f.size AS Size, f.sha256 AS Sha256, f.media_type AS MediaType, f.width AS Width, f.height AS Height,
        f.object_key AS ObjectKey, f.profile_id AS ProfileId, f.profile_version AS ProfileVersion, f.part_id AS PartId, f.batch_id AS BatchId,
        f.state AS State, f.error AS Error, f.created_at AS CreatedAt, f.completed_at AS CompletedAt, f.inspection_id AS InspectionId,
        f.verdict AS Verdict
        """;

    public static void CheckLimit(FileQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit);
    }

    /// <summary>Only the conditions that are asked for, so that each combination is planned by its own indexes.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="join">
    /// How a class's files are joined. CROSS JOIN keeps the order in SQLite: it walks the class's index from the newest file
    /// on and never sorts. PostgreSQL plans by itself.
    /// </param>
    public static string ListText(FileQuery query, string join = "CROSS JOIN")
    {
        var byClass = query.Class is not null;
        var id = byClass ? "c.file_id" : "f.id";
        var text = new StringBuilder($"SELECT {Columns} FROM ")
            .Append(byClass ? $"inspection_classes c {join} files f ON f.id = c.file_id WHERE c.class = @Class" : "files f WHERE true");
        Add(query.Before, $"{id} < @before");
        Add(query.State, "f.state = @State");
        Add(query.Verdict, "f.verdict = @Verdict");
        Add(query.PartId, "f.part_id = @PartId");
        Add(query.BatchId, "f.batch_id = @BatchId");
        Add(query.From, "f.created_at >= @from");
        Add(query.To, "f.created_at < @to");
        return text.Append($" ORDER BY {id} DESC LIMIT @Limit").ToString();

        void Add(object? value, string condition)
        {
            if (value is not null)
            {
                text.Append(" AND ").Append(condition);
            }
        }
    }
}
