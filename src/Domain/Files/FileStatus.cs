namespace Chitti.Domain;

/// <summary>Status of an uploaded file.</summary>
[GenerateSerializer, Alias("chitti.file-status")]
public enum FileStatus
{
    /// <summary>Accepted, waiting for a processor.</summary>
    Queued = 0,

    /// <summary>A processor is working on it.</summary>
    Processing = 1,

    /// <summary>Its inspection is stored.</summary>
    Completed = 2,

    /// <summary>It could not be inspected; the error says why.</summary>
    Failed = 3,
}
