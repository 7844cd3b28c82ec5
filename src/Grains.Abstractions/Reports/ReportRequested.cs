namespace Chitti.Grains.Abstractions;

/// <summary>A report was requested. Published to <see cref="WorkStreams.ReportGeneration"/>.</summary>
/// <param name="ReportId">The report.</param>
[GenerateSerializer, Immutable, Alias("chitti.report-requested")]
public sealed record ReportRequested([property: Id(0)] Guid ReportId);
