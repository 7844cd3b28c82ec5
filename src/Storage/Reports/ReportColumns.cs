using System.Data.Common;
using System.Text.Json;
using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>The columns of a report, identical in both databases.</summary>
internal static class ReportColumns
{
    /// <summary>Columns of <c>reports r</c>.</summary>
    public const string Names = "r.id, r.request, r.state, r.error, r.object_key, r.created_at, r.completed_at";

    /// <summary>The stored form of a request.</summary>
    public static string WriteRequest(ReportRequest request) => JsonSerializer.Serialize(request, ApiJson.Options);

    /// <summary>Reads a row of <see cref="Names"/>.</summary>
    /// <exception cref="JsonException">The request can't be read.</exception>
    public static ReportRecord Read(DbDataReader row, RowFormat format) => new()
    {
        Id = format.Id(row, 0),
        Request = JsonSerializer.Deserialize<ReportRequest>(row.GetString(1), ApiJson.Options)
            ?? throw new JsonException("The stored report request is null."),
        Status = Enum.Parse<ReportStatus>(row.GetString(2), ignoreCase: true),
        Error = RowFormat.TextOrNull(row, 3),
        ObjectKey = RowFormat.TextOrNull(row, 4),
        CreatedAt = format.Time(row, 5),
        CompletedAt = format.TimeOrNull(row, 6),
    };
}
