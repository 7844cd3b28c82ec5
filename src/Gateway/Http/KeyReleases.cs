using System.Threading.Channels;
using Chitti.Storage;

namespace Chitti.Gateway;

/// <summary>
/// Gives idempotency keys back. One that can't be given back now, because the disk is full, is tried again until it can:
/// else it would be "still running" as long as the process lives.
/// </summary>
internal sealed partial class KeyReleases(ICatalog catalog, TimeProvider time, ILogger<KeyReleases> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private readonly Channel<(string Scope, string Key)> _left = Channel.CreateUnbounded<(string, string)>(new() { SingleReader = true });

    internal async Task ReleaseAsync(string scope, string key)
    {
        if (await TryAsync(scope, key) is { } failure)
        {
            LogLeft(logger, failure);
            _left.Writer.TryWrite((scope, key));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (scope, key) in _left.Reader.ReadAllAsync(stoppingToken))
        {
            while (await TryAsync(scope, key) is not null)
            {
                await Task.Delay(_pause, time, stoppingToken);
            }
        }
    }

    private async Task<Exception?> TryAsync(string scope, string key)
    {
        try
        {
            await catalog.ReleaseAsync(scope, key, CancellationToken.None);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    [LoggerMessage(LogLevel.Warning, "An idempotency key could not be given back; it is tried again")]
    private static partial void LogLeft(ILogger logger, Exception exception);
}
