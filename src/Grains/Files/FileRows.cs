using System.Text.Json;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;

namespace Chitti.Grains;

/// <summary>Between the catalog's rows and the grains' messages.</summary>
internal static class FileRows
{
    public static FileRegistration ToRegistration(FileRow row) => new()
    {
        Name = row.Name,
        Size = row.Size,
        Sha256 = row.Sha256,
        MediaType = row.MediaType,
        Width = row.Width,
        Height = row.Height,
        ObjectKey = row.ObjectKey,
        Profile = new(row.ProfileId, row.ProfileVersion),
        PartId = row.PartId,
        BatchId = row.BatchId,
        CreatedAt = row.CreatedAt,
    };

    public static InspectionRow ToRow(Inspection inspection) => new()
    {
        Id = inspection.Id ?? throw new ArgumentException("A stored inspection has an id.", nameof(inspection)),
        FileId = inspection.FileId ?? throw new ArgumentException("A stored inspection has a file.", nameof(inspection)),
        Verdict = ApiJson.Word(inspection.Verdict),
        Document = JsonSerializer.Serialize(inspection, ApiJson.Options),
        Classes = [.. inspection.Indications.Select(indication => indication.Class).Distinct(StringComparer.Ordinal)],
        CreatedAt = inspection.CreatedAt,
    };
}
