using System.Buffers;
using System.Security.Cryptography;

namespace Chitti.Storage;

/// <summary>Reads whole objects.</summary>
public static class ObjectReading
{
    // Small enough to hash the bytes while they are in the processor's cache.
    private const int ChunkBytes = 256 << 10;

    /// <summary>
    /// The bytes of an object in a rented buffer, which disposing returns, with their SHA-256 checked; null when the object does
    /// not exist.
    /// </summary>
    /// <param name="objects">The object store.</param>
    /// <param name="key">Key of the object.</param>
    /// <param name="sha256">Expected SHA-256, hexadecimal.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AlteredObjectException">The bytes have another SHA-256.</exception>
    /// <exception cref="InvalidDataException">The object can't be read.</exception>
    public static async Task<RentedBytes?> ReadAllAsync(this IObjectStore objects, string key, string sha256, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var stream = await objects.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        if (stream is null)
        {
            return null;
        }

        await using (stream.ConfigureAwait(false))
        {
            var length = checked((int)stream.Length);
            var bytes = new RentedBytes(ArrayPool<byte>.Shared.Rent(length), length);
            try
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                for (var rest = bytes.Memory; rest.Length > 0;)
                {
                    var read = await stream.ReadAsync(rest[..Math.Min(rest.Length, ChunkBytes)], cancellationToken).ConfigureAwait(false);
                    if (read == 0)
                    {
                        // Truncated after it was opened.
                        throw new AlteredObjectException(key);
                    }

                    hash.AppendData(rest.Span[..read]);
                    rest = rest[read..];
                }

                return Convert.ToHexString(hash.GetHashAndReset()).Equals(sha256, StringComparison.OrdinalIgnoreCase)
                    ? bytes
                    : throw new AlteredObjectException(key);
            }
            catch
            {
                bytes.Dispose();
                throw;
            }
        }
    }
}
