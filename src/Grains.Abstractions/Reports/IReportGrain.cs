using Chitti.Domain;
using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// Coordinates one report: writes its row, and produces the document outside of stream delivery, under a lease that it
/// renews. Key: the report id. Every call may throw <see cref="OutageException"/> and is idempotent.
/// </summary>
[Alias("chitti.report-grain")]
public interface IReportGrain : IGrainWithGuidKey
{
    /// <summary>Accepts the request. When the task completes, the request survives a power cut.</summary>
    [Alias("request")]
    Task<ReportSnapshot> RequestAsync(ReportRequest request, CancellationToken cancellationToken = default);

    /// <summary>The current state of the report; null when it does not exist.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ReportSnapshot?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the report as failed because its message became a dead letter. Replaying the dead letter queues the report again.</summary>
    [Alias("fail-as-dead-letter")]
    Task FailAsDeadLetterAsync(string reason, CancellationToken cancellationToken = default);
}
