using System.Data.Common;
using System.Text;
using System.Text.Json;

namespace Chitti.Storage;

/// <summary>SQL of inspection queries, shared by both databases.</summary>
internal static class InspectionSqlText
{
    private const string Columns = "i.document, f.name, f.part_id, f.batch_id, f.deleted_at, f.deleted_by";

    /// <summary>Inspections with their files; a condition on <c>i</c> may follow.</summary>
    public const string Select = $"SELECT {Columns} FROM inspections i LEFT JOIN files f ON f.id = i.file_id";

    /// <summary>
    /// Has only the conditions that the query sets. The time of acceptance is a range of file ids, which begin with it: so the
    /// partitions of other months are not read.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="join">As for <see cref="FileListSql.ListText"/>.</param>
    public static string ListText(InspectionQuery query, string join = "CROSS JOIN")
    {
        var byClass = query.Class is not null;
        var id = byClass ? "c.file_id" : "i.file_id";
        var text = new StringBuilder(byClass
            ? $"SELECT {Columns} FROM inspection_classes c {join} inspections i ON i.file_id = c.file_id LEFT JOIN files f ON f.id = c.file_id WHERE c.class = @Class"
            : $"{Select} WHERE true");
        return text
            .And(query.Before, $"{id} < @before")
            .And(query.From, $"{id} >= @from")
            .And(query.To, $"{id} < @to")
            .And(query.Verdict, "i.verdict = @Verdict")
            .And(query.ProfileId, "i.profile_id = @ProfileId")
            .And(query.ModelId, "i.model_id = @ModelId")
            .And(query.PartId, "f.part_id = @PartId")
            .And(query.BatchId, "f.batch_id = @BatchId")
            .Append($" ORDER BY {id} DESC LIMIT @Limit").ToString();
    }

    /// <exception cref="JsonException">The inspection can't be read.</exception>
    public static StoredInspection Read(DbDataReader row, RowFormat format) => new(
        InspectionJson.Read(row.GetString(0)), RowFormat.TextOrNull(row, 1), RowFormat.TextOrNull(row, 2), RowFormat.TextOrNull(row, 3),
        format.TimeOrNull(row, 4), RowFormat.TextOrNull(row, 5));
}
