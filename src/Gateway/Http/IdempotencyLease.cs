using Chitti.Storage;

namespace Chitti.Gateway;

/// <summary>
/// A call's claim on its idempotency key: renewed while the call runs, released when it ends without an answer. If this
/// process dies, the key is free again when the lease expires.
/// </summary>
internal sealed partial class IdempotencyLease : IAsyncDisposable
{
    internal static readonly TimeSpan Duration = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan _retryInterval = TimeSpan.FromSeconds(1);

    private readonly IIdempotencyStore _keys;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ITimer _renewal;

    internal IdempotencyLease(IIdempotencyStore keys, string scope, string key, string owner, TimeProvider time, ILogger logger)
    {
        (_keys, Scope, Key, Owner, _time, _logger) = (keys, scope, key, owner, time, logger);
        _renewal = time.CreateTimer(_ => _ = RenewAsync(), null, Duration / 3, Duration / 3);
    }

    internal string Scope { get; }

    internal string Key { get; }

    internal string Owner { get; }

    public async ValueTask DisposeAsync()
    {
        await _renewal.DisposeAsync();
        if (!await TryReleaseAsync())
        {
            _ = RetryReleaseAsync();
        }
    }

    /// <summary>Retries until the lease would have expired anyway, so that a client can repeat its call as soon as an outage is over.</summary>
    private async Task RetryReleaseAsync()
    {
        for (var waited = TimeSpan.Zero; waited < Duration; waited += _retryInterval)
        {
            await Task.Delay(_retryInterval, _time);
            if (await TryReleaseAsync())
            {
                return;
            }
        }
    }

    private async Task<bool> TryReleaseAsync()
    {
        try
        {
            await _keys.ReleaseAsync(Scope, Key, Owner);
            return true;
        }
        catch (Exception exception)
        {
            LogNotReleased(_logger, exception);
            return false;
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            await _keys.RenewAsync(Scope, Key, Owner, Duration);
        }
        catch (Exception exception)
        {
            LogNotRenewed(_logger, exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The claim on an idempotency key could not be renewed; unless the next renewal succeeds, another call may take the key")]
    private static partial void LogNotRenewed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "An idempotency key could not be released; the release is retried until the claim expires")]
    private static partial void LogNotReleased(ILogger logger, Exception exception);
}
