using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>Bytes on their way into the store. Disposing without a commit leaves nothing.</summary>
public interface IStagedObject : IAsyncDisposable
{
    /// <summary>
    /// Where to write; also readable and seekable, so that a header can be looked at before the commit. Throws
    /// <see cref="OutageException"/> when the store is full, read-only or unavailable.
    /// </summary>
    Stream Content { get; }

    /// <summary>Makes the bytes an object, durably: when the task ends, they survive a power cut. Replaces an object of the same key.</summary>
    /// <exception cref="ArgumentException">The key is out of shape, see <see cref="IObjectStore"/>.</exception>
    /// <exception cref="OutageException">The bytes could not be stored. They are gone, and the key has what it had before.</exception>
    ValueTask CommitAsync(string key, CancellationToken cancellationToken = default);
}
