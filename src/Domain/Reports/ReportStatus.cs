namespace Chitti.Domain;

/// <summary>Status of a report.</summary>
[GenerateSerializer, Alias("chitti.report-status")]
public enum ReportStatus
{
    /// <summary>Waiting to be written.</summary>
    Queued = 0,

    /// <summary>The document is in the object store.</summary>
    Ready = 1,

    /// <summary>It could not be written; the error says why.</summary>
    Failed = 2,
}
