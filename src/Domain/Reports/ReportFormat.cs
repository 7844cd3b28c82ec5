namespace Chitti.Domain;

/// <summary>Form of a report.</summary>
[GenerateSerializer, Alias("chitti.report-format")]
public enum ReportFormat
{
    /// <summary>PDF/A for people and archives.</summary>
    Pdf = 0,

    /// <summary>JSON with the API's field names.</summary>
    Json = 1,

    /// <summary>CSV, one row per indication.</summary>
    Csv = 2,
}
