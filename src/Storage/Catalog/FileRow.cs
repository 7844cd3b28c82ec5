namespace Chitti.Storage;

/// <summary>A file in the catalog. Words in the API's spelling, for example <c>queued</c>.</summary>
public sealed record FileRow
{
    /// <summary>UUIDv7; newest first is by id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name the client gave, without path.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>For example <c>image/jpeg</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>Pixels, oriented.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels, oriented.</summary>
    public required int Height { get; init; }

    /// <summary>Key in the object store.</summary>
    public required string ObjectKey { get; init; }

    /// <summary>Profile to judge by.</summary>
    public required string ProfileId { get; init; }

    /// <summary>Its version.</summary>
    public required int ProfileVersion { get; init; }

    /// <summary>Part id, or null.</summary>
    public string? PartId { get; init; }

    /// <summary>Batch id, or null.</summary>
    public string? BatchId { get; init; }

    /// <summary><c>queued</c>, <c>completed</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Error { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC, or null.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Its inspection, or null.</summary>
    public Guid? InspectionId { get; init; }

    /// <summary>Verdict of its inspection, or null.</summary>
    public string? Verdict { get; init; }
}
