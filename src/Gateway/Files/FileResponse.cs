using Chitti.Domain;
using Chitti.Grains.Abstractions;

namespace Chitti.Gateway;

/// <summary>One file with its inspection.</summary>
internal sealed record FileResponse
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    public required string MediaType { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required FileStatus State { get; init; }

    public string? Error { get; init; }

    public required ProfileReference Profile { get; init; }

    public string? PartId { get; init; }

    public string? BatchId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public Inspection? Inspection { get; init; }

    public required FileLinks Links { get; init; }

    internal static FileResponse From(FileSnapshot file) => new()
    {
        Id = file.Id,
        Name = file.Registration.Name,
        Size = file.Registration.Size,
        Sha256 = file.Registration.Sha256,
        MediaType = file.Registration.MediaType,
        Width = file.Registration.Width,
        Height = file.Registration.Height,
        State = file.Status,
        Error = file.Error,
        Profile = file.Registration.Profile,
        PartId = file.Registration.PartId,
        BatchId = file.Registration.BatchId,
        CreatedAt = file.Registration.CreatedAt,
        CompletedAt = file.CompletedAt,
        Inspection = file.Inspection,
        Links = FileLinks.Of(file.Id),
    };
}
