using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>One report: what was asked for, where it stands, where the document lies. Key: the report id.</summary>
[Alias("chitti.report-grain")]
public interface IReportGrain : IGrainWithGuidKey
{
    /// <summary>Takes the request and puts it on the stream. Safe to repeat.</summary>
    [Alias("request")]
    Task<ReportSnapshot> RequestAsync(ReportRequest request, CancellationToken cancellationToken = default);

    /// <summary>The report as it stands now; null when there is none.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ReportSnapshot?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Brings a report forward: publishes it again when it waits, repeats the catalog's row when it has ended.</summary>
    /// <returns>True when it was published.</returns>
    [Alias("resume")]
    Task<bool> ResumeAsync(CancellationToken cancellationToken = default);
}
