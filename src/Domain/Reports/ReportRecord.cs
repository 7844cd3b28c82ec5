namespace Chitti.Domain;

/// <summary>One report: what was requested, and what became of it.</summary>
[GenerateSerializer, Immutable, Alias("chitti.report-record")]
public sealed record ReportRecord
{
    /// <summary>UUIDv7.</summary>
    [Id(0)] public required Guid Id { get; init; }

    /// <summary>What was requested.</summary>
    [Id(1)] public required ReportRequest Request { get; init; }

    /// <summary>Its status.</summary>
    [Id(2)] public required ReportStatus Status { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    [Id(3)] public string? Error { get; init; }

    /// <summary>Key of the document in the object store, once ready.</summary>
    [Id(4)] public string? ObjectKey { get; init; }

    /// <summary>When it was requested, UTC.</summary>
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it became ready or failed, UTC.</summary>
    [Id(6)] public DateTimeOffset? CompletedAt { get; init; }
}
