using Chitti.Domain;

namespace Chitti.Storage.Tests;

/// <summary>An acceptance is durable, or leaves nothing.</summary>
public sealed class SqliteFlushTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task AcceptAsync_WhileTheSyncRuns_HasNotCompleted()
    {
        using var started = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        await using var storage = SqliteTestStorage.Open(() =>
        {
            started.Release();
            go.Wait();
        });
        using var cancelled = new CancellationTokenSource();
        var file = Rows.File();

        var accept = storage.Files.AcceptAsync([file], null, cancelled.Token);
        await started.WaitAsync();

        // The rows are committed: cancelling now must not throw and leave them behind.
        await cancelled.CancelAsync();
        Assert.NotNull(await storage.Files.GetAsync(file.Id));
        Assert.False(accept.IsCompleted);
        go.Release();
        Assert.True(await accept);
    }

    [Theory]
    [InlineData(5, Outage.Database)]
    [InlineData(28, Outage.StorageFull)]
    [InlineData(30, Outage.StorageReadOnly)]
    public async Task AcceptAsync_SyncFails_LeavesNothing(int error, Outage expected)
    {
        await using var storage = SqliteTestStorage.Open(() => throw new IOException("lost", error));
        var file = Rows.File();
        await storage.Idempotency.ClaimAsync("s", "k", "me", _minute, TimeSpan.FromDays(1));

        var outage = await Assert.ThrowsAsync<OutageException>(() => storage.Files.AcceptAsync([file], new("s", "k", "me", "print", "answer")));

        Assert.Equal(expected, outage.Outage);
        Assert.Null(await storage.Files.GetAsync(file.Id));
        Assert.Null(await storage.Work.GetAsync(file.Id));
        Assert.Equal(
            new(IdempotencyState.Running, null, null), await storage.Idempotency.ClaimAsync("s", "k", "other", _minute, TimeSpan.FromDays(1)));
        await storage.Idempotency.ReleaseAsync("s", "k", "me");
        Assert.Equal(
            IdempotencyState.Claimed, (await storage.Idempotency.ClaimAsync("s", "k", "other", _minute, TimeSpan.FromDays(1))).State);
    }

    [Fact]
    public async Task AcceptAsync_SyncFails_OlderRowsStay()
    {
        var syncs = 0;
        await using var storage = SqliteTestStorage.Open(() =>
        {
            if (++syncs > 1)
            {
                throw new IOException("lost");
            }
        });
        var (older, younger) = (Rows.File(), Rows.File());
        await storage.Files.AcceptAsync([older], null);

        await Assert.ThrowsAsync<OutageException>(() => storage.Files.AcceptAsync([older, younger], null));

        Assert.Equal(new HashSet<Guid> { older.Id }, await storage.Files.FindAsync([older.Id, younger.Id]));
        Assert.NotNull(await storage.Work.GetAsync(older.Id));
    }

    [Fact]
    public async Task AddAsync_SyncFails_LeavesNothing()
    {
        await using var storage = SqliteTestStorage.Open(() => throw new IOException("lost"));
        var id = Guid.CreateVersion7();

        await Assert.ThrowsAsync<OutageException>(() => storage.Reports.AddAsync(id, Rows.Report(Guid.NewGuid()), Rows.Time));

        Assert.Null(await storage.Reports.GetAsync(id));
        Assert.Null(await storage.Work.GetAsync(id));
    }

    [Fact]
    public async Task DeleteAsync_RowIsRemoved_AfterASync()
    {
        var syncs = 0;
        await using var storage = SqliteTestStorage.Open(() => syncs++);
        var file = Rows.File();
        await storage.Files.AcceptAsync([file], null);

        await storage.Files.DeleteAsync(file.Id);

        Assert.Equal(2, syncs);
    }

    [Fact]
    public async Task AdvanceAsync_Generation_IsSyncedBeforeItIsGiven()
    {
        await using var storage = SqliteTestStorage.Open(() => throw new IOException("lost"));

        await Assert.ThrowsAsync<OutageException>(() => storage.Pairing.AdvanceAsync());
    }

    [Fact]
    public async Task UpsertAsync_ProfileIsStored_AfterASync()
    {
        var syncs = 0;
        await using var storage = SqliteTestStorage.Open(() => syncs++);

        await storage.Profiles.UpsertAsync(new("weld", 1, "{}", Rows.Time));

        Assert.Equal(1, syncs);
    }

    [Fact]
    public async Task CheckAsync_AfterAFailedSync_IsAnOutageUntilARestart()
    {
        await using var storage = SqliteTestStorage.Open(() => throw new IOException("lost"));
        await storage.Probe.CheckAsync();
        await Assert.ThrowsAsync<OutageException>(() => storage.Database.FlushAsync());

        var outage = await Assert.ThrowsAsync<OutageException>(() => storage.Probe.CheckAsync());

        Assert.Equal(Outage.Database, outage.Outage);
    }
}
