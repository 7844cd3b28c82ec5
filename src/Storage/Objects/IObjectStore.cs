using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>
/// Stores bytes by key. Keys are slash-separated segments of <c>[a-z0-9._-]</c> without <c>.</c> or <c>..</c> segments, 1..200 characters.
/// </summary>
/// <remarks>Every call may throw <see cref="OutageException"/>, when the store is unavailable, full or read-only.</remarks>
public interface IObjectStore
{
    /// <summary>Opens a staged object to write bytes to.</summary>
    /// <param name="accepted">Whether the bytes finish accepted work, for which some space is reserved.</param>
    /// <param name="cancellationToken">Cancels. Then nothing is left in the store.</param>
    /// <exception cref="OutageException">
    /// The store is unavailable, read-only or full, or only the reserved space is left and <paramref name="accepted"/> is false.
    /// </exception>
    ValueTask<IStagedObject> StageAsync(bool accepted = false, CancellationToken cancellationToken = default);

    /// <summary>Commits all staged objects or none, with shared syncs. Otherwise like <see cref="IStagedObject.CommitAsync"/>.</summary>
    /// <param name="objects">The staged objects and their keys. After a commit that succeeded or failed they can't be used again, but they can after an <see cref="ArgumentException"/> or a cancellation.</param>
    /// <param name="cancellationToken">Has no effect once the commit has begun.</param>
    /// <exception cref="ArgumentException">A key is not valid, or an object was staged by another store.</exception>
    /// <exception cref="OutageException">The bytes could not be stored. They are discarded, and the keys are unchanged.</exception>
    ValueTask CommitAsync(IReadOnlyList<(IStagedObject Staged, string Key)> objects, CancellationToken cancellationToken = default);

    /// <summary>Opens an object as a seekable stream; null when it does not exist.</summary>
    /// <exception cref="InvalidDataException">This object can't be read although the store can. The stream may throw it too.</exception>
    ValueTask<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Size and time of an object; null when it does not exist.</summary>
    /// <exception cref="InvalidDataException">This object can't be read although the store can.</exception>
    ValueTask<ObjectInfo?> GetInfoAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object. Does nothing if it does not exist.</summary>
    ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Renames an object, replacing one with the new key. Atomic, but not durable: after a power cut the object may have
    /// either key.
    /// </summary>
    /// <returns>False when the object does not exist.</returns>
    /// <exception cref="ArgumentException">A key is not valid.</exception>
    ValueTask<bool> MoveAsync(string key, string newKey, CancellationToken cancellationToken = default);

    /// <summary>Makes moves durable: when the task completes, the objects have these keys also after a power cut. A store without folders does nothing.</summary>
    /// <param name="keys">New keys of objects that were moved.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">A key is not valid.</exception>
    ValueTask SyncAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default);

    /// <summary>
    /// All objects whose keys begin with a prefix, in no particular order. What others have put beside them under names that are
    /// no valid keys is left out.
    /// </summary>
    IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Removes folders without objects, which a crash between creating a folder and its first object leaves. A store without folders does nothing.</summary>
    /// <param name="prefix">Prefix that ends in a slash.</param>
    /// <param name="isAbandoned">Whether no object is about to be committed to a folder; its argument is the folder's key and a slash.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask RemoveEmptyFoldersAsync(string prefix, Func<string, bool> isAbandoned, CancellationToken cancellationToken = default);

    /// <summary>Checks that bytes can be written and synced. They are discarded.</summary>
    /// <exception cref="OutageException">The store is unavailable, read-only or full, as in <see cref="StageAsync"/>.</exception>
    ValueTask CheckAsync(CancellationToken cancellationToken = default);
}
