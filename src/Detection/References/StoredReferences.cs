using Chitti.Storage;

namespace Chitti.Detection;

/// <summary>References of profiles, in the object store.</summary>
internal sealed class StoredReferences(IObjectStore objects) : IReferenceSource
{
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string sha256, CancellationToken cancellationToken)
    {
        try
        {
            using var bytes = await objects.ReadAllAsync(ReferenceObjects.KeyOf(sha256), sha256, cancellationToken).ConfigureAwait(false);
            return bytes?.Memory.ToArray();
        }
        catch (Exception exception) when (exception is AlteredObjectException or InvalidDataException)
        {
            throw new ReferenceException($"The stored reference {sha256} was altered or can't be read: {exception.Message}", exception);
        }
    }
}
