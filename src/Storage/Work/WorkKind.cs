namespace Chitti.Storage;

/// <summary>Kind of work.</summary>
public enum WorkKind
{
    /// <summary>Inspection of a file.</summary>
    File,

    /// <summary>Production of a report.</summary>
    Report,
}
