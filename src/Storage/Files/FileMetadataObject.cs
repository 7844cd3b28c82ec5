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
    /// <returns>The metadata; null if there is no such object.</returns>
    /// <exception cref="InvalidDataException">It can't be read, or is not metadata; the message says why.</exception>
    /// <exception cref="OutageException">The store is unavailable.</exception>
    public static async Task<FileMetadata?> ReadMetadataAsync(
        this IObjectStore objects, string originalKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        try
        {
            var stream = await objects.OpenReadAsync(FileObjects.MetadataOf(originalKey), cancellationToken).ConfigureAwait(false);
            if (stream is null)
            {
                return null;
            }

            await using (stream.ConfigureAwait(false))
            {
                if (stream.Length > MaxBytes)
                {
                    throw new InvalidDataException($"it has {stream.Length} bytes; at most {MaxBytes} are expected");
                }

                using var json = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
                return Read(json.RootElement);
            }
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"it is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}", exception);
        }
    }

    private static FileMetadata Read(JsonElement json)
    {
        try
        {
            return json.Deserialize<FileMetadata>(ApiJson.Strict) ?? throw new InvalidDataException("it is null");
        }
        catch (JsonException exception)
        {
            var faults = JsonFault.Describe(exception, json, typeof(FileMetadata), ApiJson.Strict);
            throw new InvalidDataException(string.Join("; ", faults.Select(fault => $"{fault.Key} {string.Join(", ", fault.Value)}")), exception);
        }
    }
}
