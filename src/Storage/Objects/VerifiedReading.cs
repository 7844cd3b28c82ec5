using System.Security.Cryptography;
using System.Text;

namespace Chitti.Storage;

/// <summary>Opens objects so that altered bytes are never returned.</summary>
public static class VerifiedReading
{
    /// <summary>Opens an object whose size and SHA-256 are known; null when it does not exist.</summary>
    /// <param name="objects">The object store.</param>
    /// <param name="key">Key of the object.</param>
    /// <param name="size">Expected size in bytes.</param>
    /// <param name="sha256">Expected SHA-256, hexadecimal.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AlteredObjectException">The object has another size.</exception>
    /// <exception cref="InvalidDataException">The object can't be read.</exception>
    public static async Task<VerifiedStream?> OpenVerifiedAsync(
        this IObjectStore objects, string key, long size, string sha256, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var stream = await objects.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        if (stream is null)
        {
            return null;
        }

        try
        {
            return stream.Length == size
                ? new(stream, size, key, [], Convert.FromHexString(sha256))
                : throw new AlteredObjectException(key);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Opens an object that was written by <see cref="WriteSealedAsync"/>, without its seal; null when it does not exist or is
    /// too short to have one.
    /// </summary>
    /// <param name="objects">The object store.</param>
    /// <param name="key">Key of the object.</param>
    /// <param name="subject">The subject that the object was written with.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidDataException">The object can't be read.</exception>
    public static async Task<VerifiedStream?> OpenSealedAsync(
        this IObjectStore objects, string key, string subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var stream = await objects.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        if (stream is null)
        {
            return null;
        }

        try
        {
            var length = stream.Length - SHA256.HashSizeInBytes;
            if (length < 0)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
                return null;
            }

            var seal = new byte[SHA256.HashSizeInBytes];
            stream.Position = length;
            await stream.ReadExactlyAsync(seal, cancellationToken).ConfigureAwait(false);
            return new(stream, length, key, Encoding.UTF8.GetBytes(subject), seal);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Writes bytes followed by a seal: the SHA-256 of the subject and the bytes. With the subject in it, an object in the place
    /// of another is noticed, too.
    /// </summary>
    /// <param name="content">The stream to write to.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="subject">What the bytes belong to.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task WriteSealedAsync(
        this Stream content, ReadOnlyMemory<byte> bytes, string subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(subject));
        hash.AppendData(bytes.Span);
        await content.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await content.WriteAsync(hash.GetHashAndReset(), cancellationToken).ConfigureAwait(false);
    }
}
