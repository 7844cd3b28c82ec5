using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>One file as its grain sees it now.</summary>
[GenerateSerializer, Immutable, Alias("chitti.file-snapshot")]
public sealed record FileSnapshot
{
    /// <summary>UUIDv7.</summary>
    [Id(0)] public required Guid Id { get; init; }

    /// <summary>What was accepted.</summary>
    [Id(1)] public required FileRegistration Registration { get; init; }

    /// <summary>Where it stands.</summary>
    [Id(2)] public required FileStatus Status { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    [Id(3)] public string? Error { get; init; }

    /// <summary>When it completed or failed, UTC.</summary>
    [Id(4)] public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The inspection, once completed.</summary>
    [Id(5)] public Inspection? Inspection { get; init; }
}
