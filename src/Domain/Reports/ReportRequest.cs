namespace Chitti.Domain;

/// <summary>A request for a report over files, in their order.</summary>
/// <param name="FileIds">1..<see cref="MaxFiles"/> files.</param>
/// <param name="Format">Form of the document.</param>
/// <param name="Details">What it states in addition to the inspections.</param>
[GenerateSerializer, Immutable, Alias("chitti.report-request")]
public sealed record ReportRequest(
    [property: Id(0)] IReadOnlyList<Guid> FileIds,
    [property: Id(1)] ReportFormat Format,
    [property: Id(2)] ReportDetails Details)
{
    /// <summary>How many files a report may cover.</summary>
    public const int MaxFiles = 10_000;
}
