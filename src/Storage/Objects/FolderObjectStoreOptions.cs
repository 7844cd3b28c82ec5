namespace Chitti.Storage;

/// <summary>Options of a <see cref="FolderObjectStore"/>.</summary>
public sealed record FolderObjectStoreOptions
{
    /// <summary>The folder of the store. Created if needed.</summary>
    public required string Root { get; init; }

    /// <summary>True to open the store for reading while another process may own it. Nothing is created or cleaned up, and every change throws.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Bytes on the volume that new objects must leave free, unless they finish accepted work. 64 MiB by default.</summary>
    public long ReserveBytes { get; init; } = 64 * 1024 * 1024;
}
