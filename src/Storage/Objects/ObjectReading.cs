using System.Buffers;

namespace Chitti.Storage;

/// <summary>Reads whole objects.</summary>
public static class ObjectReading
{
    /// <summary>The bytes of an object in a rented buffer, which disposing returns; null when the object does not exist.</summary>
    public static async Task<RentedBytes?> ReadAllAsync(this IObjectStore objects, string key, CancellationToken cancellationToken)
    {
        await using var stream = await objects.OpenReadAsync(key, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        var length = checked((int)stream.Length);
        var bytes = new RentedBytes(ArrayPool<byte>.Shared.Rent(length), length);
        try
        {
            await stream.ReadExactlyAsync(bytes.Memory, cancellationToken);
            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }
}
