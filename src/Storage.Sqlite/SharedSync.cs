namespace Chitti.Storage.Sqlite;

/// <summary>Lets concurrent callers share a slow sync. A caller joins the next sync, never the running one, which may have started before its bytes were written.</summary>
/// <param name="sync">The sync. It blocks, runs on the thread pool, and throws when it fails.</param>
internal sealed class SharedSync(Action sync)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    public Task RunAsync(CancellationToken cancellationToken)
    {
        Task next;
        lock (_lock)
        {
            next = _next ??= RunAfterAsync(_running);
        }

        return next.WaitAsync(cancellationToken);
    }

    private async Task RunAfterAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _running = _next!;
            _next = null;
        }

        sync();
    }
}
