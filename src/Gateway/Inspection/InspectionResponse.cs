using System.Diagnostics.CodeAnalysis;
using Chitti.Domain;
using Chitti.Storage;

namespace Chitti.Gateway;

/// <summary>A stored inspection, with what is known of its file.</summary>
internal sealed record InspectionResponse : Inspection
{
    [SetsRequiredMembers]
    private InspectionResponse(StoredInspection stored)
        : base(stored.Inspection)
    {
        FileName = stored.FileName;
        PartId = stored.PartId;
        BatchId = stored.BatchId;
        PictureDeletedAt = stored.PictureDeletedAt;
        PictureDeletedBy = stored.PictureDeletedBy;
    }

    public string? FileName { get; init; }

    public string? PartId { get; init; }

    public string? BatchId { get; init; }

    public DateTimeOffset? PictureDeletedAt { get; init; }

    public string? PictureDeletedBy { get; init; }

    internal static InspectionResponse From(StoredInspection stored) => new(stored);
}
