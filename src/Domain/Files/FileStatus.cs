namespace Chitti.Domain;

/// <summary>Where an uploaded file stands.</summary>
[GenerateSerializer, Alias("chitti.file-status")]
public enum FileStatus
{
    /// <summary>Accepted, waiting for a processor.</summary>
    Queued = 0,

    /// <summary>A processor works on it.</summary>
    Processing = 1,

    /// <summary>It has its inspection.</summary>
    Completed = 2,

    /// <summary>It can't be inspected; the error says why.</summary>
    Failed = 3,
}
