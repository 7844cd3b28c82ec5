namespace Chitti.Storage;

/// <summary>
/// Bytes by key. Keys are slash-separated segments of <c>[a-z0-9._-]</c> without <c>.</c> or <c>..</c> segments, 1..200 characters.
/// </summary>
public interface IObjectStore
{
    /// <summary>Opens a place for bytes that are not yet an object.</summary>
    /// <param name="accepted">Whether the bytes finish work that was accepted, for which some space is kept.</param>
    /// <param name="cancellationToken">Cancels; nothing is left then.</param>
    /// <exception cref="StorageFullException">There is no more space than is kept for finishing accepted work.</exception>
    ValueTask<IStagedObject> StageAsync(bool accepted = false, CancellationToken cancellationToken = default);

    /// <summary>Commits objects staged here, all or none, sharing syncs. As <see cref="IStagedObject.CommitAsync"/> for each.</summary>
    /// <exception cref="IOException">The bytes could not be stored; nothing is left.</exception>
    ValueTask CommitAsync(IReadOnlyList<(IStagedObject Staged, string Key)> objects, CancellationToken cancellationToken = default);

    /// <summary>Opens an object for reading, seekable; null when there is none.</summary>
    ValueTask<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Size and time of an object; null when there is none.</summary>
    ValueTask<ObjectInfo?> GetInfoAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Removes an object. Removing one that is not there does nothing.</summary>
    ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Every object under a prefix, in no order.</summary>
    IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken = default);
}
