using Chitti.Domain;
using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// Coordinates one report: writes its row, and has the document produced outside of stream delivery under a lease that it
/// renews. Key: the report id. Every call may throw <see cref="OutageException"/> and is safe to repeat.
/// </summary>
[Alias("chitti.report-grain")]
public interface IReportGrain : IGrainWithGuidKey
{
    /// <summary>Accepts the request. When the task ends, it survives a power cut.</summary>
    [Alias("request")]
    Task<ReportSnapshot> RequestAsync(ReportRequest request, CancellationToken cancellationToken = default);

    /// <summary>The report as it stands now; null when there is none.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ReportSnapshot?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the report as failed because the broker gave its message up. A message replayed from the dead letters puts it back to work.</summary>
    [Alias("fail-as-dead-letter")]
    Task FailAsDeadLetterAsync(string reason, CancellationToken cancellationToken = default);
}
