namespace Chitti.Domain;

/// <summary>A report over some files, in their order.</summary>
/// <param name="FileIds">1..<see cref="MaxFiles"/> files.</param>
/// <param name="Format">Form of the document.</param>
/// <param name="Details">What it states beside the inspections.</param>
[GenerateSerializer, Immutable, Alias("chitti.report-request")]
public sealed record ReportRequest(
    [property: Id(0)] IReadOnlyList<Guid> FileIds,
    [property: Id(1)] ReportFormat Format,
    [property: Id(2)] ReportDetails Details)
{
    /// <summary>Files that a report may be over.</summary>
    public const int MaxFiles = 10_000;
}
