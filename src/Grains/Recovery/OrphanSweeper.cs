using Chitti.Storage;
using Microsoft.Extensions.Logging;

namespace Chitti.Grains;

/// <summary>
/// Removes objects that no file owns: what a process left that died between storing the bytes and accepting them, or
/// between forgetting a file and removing its bytes.
/// </summary>
internal sealed partial class OrphanSweeper(IObjectStore objects, ICatalog catalog, TimeProvider time, ILogger<OrphanSweeper> logger)
{
    private const string Files = "files/";
    private const int PageSize = 500;
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>Sweeps once. What was stored since this process started may be an upload under way and is left alone.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var swept = 0;
        var candidates = objects.ListAsync(Files, cancellationToken).Where(found => found.ModifiedAt < _startedAt).Select(found => found.Key);
        await foreach (var page in candidates.Chunk(PageSize).WithCancellation(cancellationToken))
        {
            foreach (var key in await catalog.FindUnownedAsync(page, cancellationToken))
            {
                await objects.DeleteAsync(key, cancellationToken);
                LogSwept(logger, key);
                swept++;
            }
        }

        return swept;
    }

    [LoggerMessage(LogLevel.Information, "Removed {ObjectKey}, which no file owns")]
    private static partial void LogSwept(ILogger logger, string objectKey);
}
