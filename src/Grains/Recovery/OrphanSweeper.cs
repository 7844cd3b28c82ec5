using System.Buffers.Binary;
using Chitti.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chitti.Grains;

/// <summary>
/// Removes objects that no file owns: those of an upload whose process died between committing the objects and the rows, and
/// those of a deleted file that could not be removed. Goes by the upload time in the object's key, with a grace period of
/// hours, so it depends neither on the age of this process nor on the clock of a volume.
/// </summary>
internal sealed partial class OrphanSweeper(
    IObjectStore objects, IFileStore files, IOptions<WorkOptions> options, TimeProvider time, ILogger<OrphanSweeper> logger)
{
    private const string Prefix = "files/";
    private const int PageSize = 500;

    /// <summary>Makes one pass.</summary>
    /// <returns>Number of objects removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var swept = 0;
        var before = time.GetUtcNow() - options.Value.OrphanGrace;
        var candidates = objects.ListAsync(Prefix, cancellationToken).Select(found => found.Key).Where(key => TimeOf(key) < before);
        await foreach (var page in candidates.Chunk(PageSize).WithCancellation(cancellationToken))
        {
            foreach (var key in await files.FindUnownedAsync(page, cancellationToken))
            {
                await objects.DeleteAsync(key, cancellationToken);
                LogSwept(logger, key);
                swept++;
            }
        }

        return swept;
    }

    /// <summary>Upload time from the UUIDv7 in an object key; null for a key without one, which Chitti did not write.</summary>
    internal static DateTimeOffset? TimeOf(string key)
    {
        // files/<shard>/<file id>/<object>
        if (key.Split('/') is not [_, _, var folder, ..] || !Guid.TryParse(folder, out var id) || id.Version != 7)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16);
    }

    [LoggerMessage(LogLevel.Information, "Removed {ObjectKey}, which no file owns")]
    private static partial void LogSwept(ILogger logger, string objectKey);
}
