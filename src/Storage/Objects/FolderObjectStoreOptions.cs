namespace Chitti.Storage;

/// <summary>Where a <see cref="FolderObjectStore"/> lies.</summary>
public sealed record FolderObjectStoreOptions
{
    /// <summary>Its folder; made if needed.</summary>
    public required string Root { get; init; }

    /// <summary>Bytes on the volume that new objects must leave free, unless they finish accepted work. Default 64 MiB.</summary>
    public long ReserveBytes { get; init; } = 64 * 1024 * 1024;
}
