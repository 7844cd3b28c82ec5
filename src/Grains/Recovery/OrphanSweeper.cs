using System.Buffers.Binary;
using Chitti.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chitti.Grains;

/// <summary>
/// Removes objects that no file owns: what is left of an upload whose process died between storing the bytes and accepting
/// them, or of a file whose bytes could not be removed. Judged by the time in the object's own key, with a grace of hours:
/// neither the age of this process nor the clock of a volume decides.
/// </summary>
internal sealed partial class OrphanSweeper(
    IObjectStore objects, IFileStore files, IOptions<WorkOptions> options, TimeProvider time, ILogger<OrphanSweeper> logger)
{
    private const string Prefix = "files/";
    private const int PageSize = 500;

    /// <summary>Sweeps once.</summary>
    /// <returns>How many objects were removed.</returns>
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

    /// <summary>When the file of an object's key was uploaded; null where the key holds no UUIDv7, which nothing here has written.</summary>
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
