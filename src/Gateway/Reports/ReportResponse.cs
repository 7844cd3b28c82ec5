using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>One report.</summary>
internal sealed record ReportResponse(
    Guid Id,
    ReportFormat Format,
    ReportStatus State,
    string? Error,
    int FileCount,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt,
    ReportResponse.ReportLinks Links)
{
    internal static ReportResponse From(ReportSnapshot report)
    {
        var self = $"/api/reports/{report.Id}";
        return new(
            report.Id, report.Format, report.Status, report.Error, report.FileCount, report.CreatedAt, report.CompletedAt,
            new(self, self + "/content"));
    }

    /// <summary>Links of a report.</summary>
    internal sealed record ReportLinks(string Self, string Content);
}
