namespace Chitti.Storage;

/// <summary>Kind of work.</summary>
public enum WorkKind
{
    /// <summary>A file waits for its inspection.</summary>
    File,

    /// <summary>A report waits to be written.</summary>
    Report,
}
