namespace Chitti.Domain;

/// <summary>One uploaded file: what was accepted, and what became of it.</summary>
[GenerateSerializer, Immutable, Alias("chitti.file-snapshot")]
public sealed record FileSnapshot
{
    /// <summary>UUIDv7; its order is the order of acceptance.</summary>
    [Id(0)] public required Guid Id { get; init; }

    /// <summary>What was accepted.</summary>
    [Id(1)] public required FileMetadata Metadata { get; init; }

    /// <summary>Its status. <see cref="FileStatus.Processing"/> is never stored; only the file's grain reports it.</summary>
    [Id(2)] public required FileStatus Status { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    [Id(3)] public string? Error { get; init; }

    /// <summary>When it completed or failed, UTC.</summary>
    [Id(4)] public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Id of its inspection, once completed.</summary>
    [Id(5)] public Guid? InspectionId { get; init; }

    /// <summary>Verdict of its inspection, once completed.</summary>
    [Id(6)] public Verdict? Verdict { get; init; }

    /// <summary>The inspection, once completed; null in lists.</summary>
    [Id(7)] public Inspection? Inspection { get; init; }

    /// <summary>When its bytes were deleted, UTC; null if they were not.</summary>
    [Id(8)] public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Who deleted them; null if they were not.</summary>
    [Id(9)] public string? DeletedBy { get; init; }
}
