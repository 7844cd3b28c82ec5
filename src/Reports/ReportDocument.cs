using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>Everything a report states. Its PDF, JSON and CSV forms are written from this record.</summary>
public sealed record ReportDocument
{
    public required Guid Id { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Version of Chitti that writes the report; the inspections carry their own.</summary>
    public required string SoftwareVersion { get; init; }

    public required ReportDetails Details { get; init; }

    /// <summary>At least one, in the order of the report.</summary>
    public required IReadOnlyList<ReportItem> Items { get; init; }
}
