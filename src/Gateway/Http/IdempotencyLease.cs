using Chitti.Storage;

namespace Chitti.Gateway;

/// <summary>
/// A call's claim on its idempotency key: renewed while the call runs, released when it ends without an answer. If this
/// process dies, the key is free when the lease ends.
/// </summary>
internal sealed partial class IdempotencyLease : IAsyncDisposable
{
    internal static readonly TimeSpan Duration = TimeSpan.FromMinutes(1);

    private readonly IIdempotencyStore _keys;
    private readonly ILogger _logger;
    private readonly ITimer _renewal;

    internal IdempotencyLease(IIdempotencyStore keys, string scope, string key, string owner, TimeProvider time, ILogger logger)
    {
        (_keys, Scope, Key, Owner, _logger) = (keys, scope, key, owner, logger);
        _renewal = time.CreateTimer(_ => _ = RenewAsync(), null, Duration / 3, Duration / 3);
    }

    internal string Scope { get; }

    internal string Key { get; }

    internal string Owner { get; }

    public async ValueTask DisposeAsync()
    {
        await _renewal.DisposeAsync();
        try
        {
            await _keys.ReleaseAsync(Scope, Key, Owner);
        }
        catch (Exception exception)
        {
            LogNotReleased(_logger, exception);
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

    [LoggerMessage(LogLevel.Warning, "The claim on an idempotency key could not be renewed; unless the next renewal works, another call may take it")]
    private static partial void LogNotRenewed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "An idempotency key could not be released; it is free when its claim ends")]
    private static partial void LogNotReleased(ILogger logger, Exception exception);
}
