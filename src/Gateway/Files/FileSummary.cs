using Chitti.Domain;
using Chitti.Storage;

namespace Chitti.Gateway;

/// <summary>A file in a list: as <see cref="FileResponse"/>, with id and verdict in place of the inspection.</summary>
internal sealed record FileSummary
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    public required string MediaType { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>A file that is being processed is listed as queued.</summary>
    public required string State { get; init; }

    public string? Error { get; init; }

    public required ProfileReference Profile { get; init; }

    public string? PartId { get; init; }

    public string? BatchId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public Guid? InspectionId { get; init; }

    public string? Verdict { get; init; }

    public required FileLinks Links { get; init; }

    internal static FileSummary From(FileRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Size = row.Size,
        Sha256 = row.Sha256,
        MediaType = row.MediaType,
        Width = row.Width,
        Height = row.Height,
        State = row.State,
        Error = row.Error,
        Profile = new(row.ProfileId, row.ProfileVersion),
        PartId = row.PartId,
        BatchId = row.BatchId,
        CreatedAt = row.CreatedAt,
        CompletedAt = row.CompletedAt,
        InspectionId = row.InspectionId,
        Verdict = row.Verdict,
        Links = FileLinks.Of(row.Id),
    };
}
