namespace Chitti.Domain;

/// <summary>Where a report stands.</summary>
[GenerateSerializer, Alias("chitti.report-status")]
public enum ReportStatus
{
    /// <summary>Waiting to be written.</summary>
    Queued = 0,

    /// <summary>The document lies in the object store.</summary>
    Ready = 1,

    /// <summary>It can't be written; the error says why.</summary>
    Failed = 2,
}
