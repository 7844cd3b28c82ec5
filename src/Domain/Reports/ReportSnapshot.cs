namespace Chitti.Domain;

/// <summary>The current state of a report.</summary>
[GenerateSerializer, Immutable, Alias("chitti.report-snapshot")]
public sealed record ReportSnapshot
{
    /// <summary>UUIDv7.</summary>
    [Id(0)] public required Guid Id { get; init; }

    /// <summary>Form of the document.</summary>
    [Id(1)] public required ReportFormat Format { get; init; }

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

    /// <summary>How many files it covers.</summary>
    [Id(7)] public required int FileCount { get; init; }
}
