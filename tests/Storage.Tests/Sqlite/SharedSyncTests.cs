using Chitti.Storage.Sqlite;

namespace Chitti.Storage.Tests;

public sealed class SharedSyncTests
{
    [Fact]
    public async Task RunAsync_CallsDuringASync_ShareTheNextOne()
    {
        using var started = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var syncs = 0;
        var shared = new SharedSync(() =>
        {
            Interlocked.Increment(ref syncs);
            started.Release();
            go.Wait();
        });

        var first = shared.RunAsync(default);
        await started.WaitAsync();
        var later = Enumerable.Range(0, 100).Select(_ => shared.RunAsync(default)).ToArray();
        go.Release();
        await first;
        await started.WaitAsync();

        Assert.All(later, call => Assert.False(call.IsCompleted));
        go.Release();
        await Task.WhenAll(later);
        Assert.Equal(2, syncs);
    }

    [Fact]
    public async Task RunAsync_CallerGivesUp_OthersGetTheirSync()
    {
        using var go = new SemaphoreSlim(0);
        var shared = new SharedSync(() => go.Wait());
        using var cancelled = new CancellationTokenSource();
        var impatient = shared.RunAsync(cancelled.Token);
        var patient = shared.RunAsync(default);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        go.Release(2);

        await patient;
    }
}
