using System.Data.Common;
using System.Text.Json;
using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>The columns of a file, identical in both databases.</summary>
internal static class FileColumns
{
    /// <summary>Columns of <c>files f</c>.</summary>
    public const string Names = """
        f.id, f.name, f.size, f.sha256, f.media_type, f.width, f.height, f.object_key, f.profile_id, f.profile_version, f.part_id, f.batch_id,
        f.state, f.error, f.created_at, f.completed_at, f.inspection_id, f.verdict, f.deleted_at, f.deleted_by
        """;

    /// <summary>Files with their inspections; a condition on <c>f</c> may follow.</summary>
    public const string SelectWithInspection =
        $"SELECT {Names}, i.document FROM files f LEFT JOIN inspections i ON i.file_id = f.id AND i.id = f.inspection_id";

    private const int DocumentColumn = 20;

    /// <summary>Reads a row of <see cref="SelectWithInspection"/>.</summary>
    /// <exception cref="JsonException">The inspection can't be read.</exception>
    public static FileSnapshot ReadWithInspection(DbDataReader row, RowFormat format) =>
        RowFormat.TextOrNull(row, DocumentColumn) is { } document
            ? Read(row, format) with { Inspection = InspectionJson.Read(document) }
            : Read(row, format);

    /// <summary>Reads a row that begins with <see cref="Names"/>.</summary>
    public static FileSnapshot Read(DbDataReader row, RowFormat format) => new()
    {
        Id = format.Id(row, 0),
        Metadata = new()
        {
            Name = row.GetString(1),
            Size = row.GetInt64(2),
            Sha256 = row.GetString(3),
            MediaType = row.GetString(4),
            Width = row.GetInt32(5),
            Height = row.GetInt32(6),
            ObjectKey = row.GetString(7),
            Profile = new(row.GetString(8), row.GetInt32(9)),
            PartId = RowFormat.TextOrNull(row, 10),
            BatchId = RowFormat.TextOrNull(row, 11),
            CreatedAt = format.Time(row, 14),
        },
        Status = Enum.Parse<FileStatus>(row.GetString(12), ignoreCase: true),
        Error = RowFormat.TextOrNull(row, 13),
        CompletedAt = format.TimeOrNull(row, 15),
        InspectionId = format.IdOrNull(row, 16),
        Verdict = RowFormat.TextOrNull(row, 17) is { } verdict ? Enum.Parse<Verdict>(verdict, ignoreCase: true) : null,
        DeletedAt = format.TimeOrNull(row, 18),
        DeletedBy = RowFormat.TextOrNull(row, 19),
    };
}
