using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>Bytes that are not committed to the store yet. Disposing without a commit discards them.</summary>
public interface IStagedObject : IAsyncDisposable
{
    /// <summary>
    /// The stream to write to. It is also readable and seekable, so that a header can be checked before the commit. Throws
    /// <see cref="OutageException"/> when the store is full, read-only or unavailable.
    /// </summary>
    Stream Content { get; }

    /// <summary>Makes the bytes an object. When the task completes, they survive a power cut. Replaces an object with the same key.</summary>
    /// <exception cref="ArgumentException">The key is not valid, see <see cref="IObjectStore"/>.</exception>
    /// <exception cref="OutageException">The bytes could not be stored. They are discarded, and the key is unchanged.</exception>
    ValueTask CommitAsync(string key, CancellationToken cancellationToken = default);
}
