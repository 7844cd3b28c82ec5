using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

/// <summary>What is stored of a report; the request never changes once made.</summary>
internal sealed record ReportState
{
    public ReportRequest? Request { get; init; }

    public ReportStatus Status { get; init; }

    public string? Error { get; init; }

    public string? ObjectKey { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }
}
