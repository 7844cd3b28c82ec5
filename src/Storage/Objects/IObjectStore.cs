using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>
/// Bytes by key. Keys are slash-separated segments of <c>[a-z0-9._-]</c> without <c>.</c> or <c>..</c> segments, 1..200 characters.
/// </summary>
/// <remarks>Every call may throw <see cref="OutageException"/>: the store is unavailable, full or read-only.</remarks>
public interface IObjectStore
{
    /// <summary>Opens a place for bytes that are not yet an object.</summary>
    /// <param name="accepted">Whether the bytes finish work that was accepted, for which some space is kept.</param>
    /// <param name="cancellationToken">Cancels; nothing is left then.</param>
    /// <exception cref="OutageException">
    /// The store is unavailable, read-only or full: there is no more space than is kept for finishing accepted work, and
    /// <paramref name="accepted"/> is false.
    /// </exception>
    ValueTask<IStagedObject> StageAsync(bool accepted = false, CancellationToken cancellationToken = default);

    /// <summary>Commits objects staged here, all or none, sharing syncs. As <see cref="IStagedObject.CommitAsync"/> for each.</summary>
    /// <param name="objects">What was staged, and its key. Used up, also by a failure; not by an <see cref="ArgumentException"/> or a cancellation.</param>
    /// <param name="cancellationToken">Heeded before anything is done; from then on the commit runs to its end.</param>
    /// <exception cref="ArgumentException">A key is out of shape, or something was staged elsewhere.</exception>
    /// <exception cref="OutageException">The bytes could not be stored. None of them is left, and each key has what it had before.</exception>
    ValueTask CommitAsync(IReadOnlyList<(IStagedObject Staged, string Key)> objects, CancellationToken cancellationToken = default);

    /// <summary>Opens an object for reading, seekable; null when there is none.</summary>
    /// <exception cref="InvalidDataException">This object can't be read, though the store can. The stream may throw it too.</exception>
    ValueTask<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Size and time of an object; null when there is none.</summary>
    /// <exception cref="InvalidDataException">This object can't be read, though the store can.</exception>
    ValueTask<ObjectInfo?> GetInfoAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Removes an object. Removing one that is not there does nothing.</summary>
    ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Every object under a prefix, in no order.</summary>
    IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken = default);
}
