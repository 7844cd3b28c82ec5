using System.Text.Json;
using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>Stores the metadata of a file as a JSON object next to its bytes.</summary>
public static class FileMetadataObject
{
    // Far more than the limits on names and labels allow.
    private const int MaxBytes = 1 << 20;

    /// <summary>Stages the metadata, to be committed with the bytes.</summary>
    /// <exception cref="OutageException">The store is unavailable, read-only or full.</exception>
    public static async Task<IStagedObject> StageMetadataAsync(
        this IObjectStore objects, FileMetadata metadata, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var staged = await objects.StageAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        try
        {
            await staged.Content.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(metadata, ApiJson.Options), cancellationToken).ConfigureAwait(false);
            return staged;
        }
        catch
        {
            await staged.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads the metadata next to a file's bytes.</summary>
    /// <param name="objects">The object store.</param>
    /// <param name="originalKey">Key of the bytes, in quarantine or not.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether the object exists, and the metadata; null if it can't be read.</returns>
    /// <exception cref="OutageException">The store is unavailable.</exception>
    public static async Task<(bool Exists, FileMetadata? Metadata)> ReadMetadataAsync(
        this IObjectStore objects, string originalKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        try
        {
            var stream = await objects.OpenReadAsync(FileObjects.MetadataOf(originalKey), cancellationToken).ConfigureAwait(false);
            if (stream is null)
            {
                return (false, null);
            }

            await using (stream.ConfigureAwait(false))
            {
                return (true, stream.Length > MaxBytes
                    ? null
                    : await JsonSerializer.DeserializeAsync<FileMetadata>(stream, ApiJson.Strict, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return (true, null);
        }
    }
}
