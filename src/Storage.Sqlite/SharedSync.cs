namespace Chitti.Storage.Sqlite;

/// <summary>Lets concurrent callers share a slow sync. A caller joins the next sync, never the running one, which may have started before its bytes were written.</summary>
/// <param name="sync">The sync. It blocks, and runs on the thread pool.</param>
internal sealed class SharedSync(Action sync)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;
    private Exception? _failure;

    /// <summary>Throws if an earlier sync failed.</summary>
    public void ThrowIfFailed()
    {
        // After a failed fsync the kernel may drop the dirty pages and report the next fsync as a success. Only a restart,
        // which reads the file again, shows what was stored.
        if (_failure is { } failure)
        {
            throw new IOException("An earlier sync failed; restart to find out what was stored.", failure);
        }
    }

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
        ThrowIfFailed();
        try
        {
            sync();
        }
        catch (Exception e)
        {
            _failure = e;
            throw;
        }
    }
}
