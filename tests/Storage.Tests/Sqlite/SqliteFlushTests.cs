using Chitti.Domain;
using Chitti.Storage.Sqlite;

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
    [InlineData(5)]
    [InlineData(28)]
    [InlineData(30)]
    public async Task AcceptAsync_SyncFails_LeavesNothing(int error)
    {
        await using var storage = SqliteTestStorage.Open(() => throw new IOException("lost", error));
        var file = Rows.File();
        await storage.Idempotency.ClaimAsync("s", "k", "me", _minute, TimeSpan.FromDays(1));

        var outage = await Assert.ThrowsAsync<OutageException>(() => storage.Files.AcceptAsync([file], new("s", "k", "me", "print", "answer")));

        // Whatever the error: free space, for example, would not restore what was lost.
        Assert.Equal(Outage.Database, outage.Outage);
        Assert.Contains("lost", outage.Message, StringComparison.Ordinal);
        Assert.Null(await storage.Files.GetAsync(file.Id));
        Assert.Null(await storage.Work.GetAsync(file.Id));

        await using var restarted = storage.Restart();
        Assert.Null(await restarted.Files.GetAsync(file.Id));
        Assert.Null(await restarted.Work.GetAsync(file.Id));
        Assert.Equal(
            new(IdempotencyState.Running, null, null), await restarted.Idempotency.ClaimAsync("s", "k", "other", _minute, TimeSpan.FromDays(1)));
        await restarted.Idempotency.ReleaseAsync("s", "k", "me");
        Assert.Equal(
            IdempotencyState.Claimed, (await restarted.Idempotency.ClaimAsync("s", "k", "other", _minute, TimeSpan.FromDays(1))).State);
    }

    /// <summary>The log may differ from the disk, so a checkpoint would make the damage permanent.</summary>
    [Fact]
    public async Task AcceptAsync_SyncFailsWithoutAReserve_TheLogIsNotCopied()
    {
        using var folder = new TempFolder();
        var path = folder["data/chitti.db"];

        // The reserve can't be taken, and without it a checkpoint follows each write that frees space.
        Directory.CreateDirectory(folder["data/chitti.reserve"]);
        using var database = new SqliteDatabase(new() { Path = path, Sync = (_, _) => throw new IOException("lost") });
        var before = await File.ReadAllBytesAsync(path);

        await Assert.ThrowsAsync<OutageException>(() => new SqliteFileStore(database).AcceptAsync([Rows.File()], null));

        Assert.True(new FileInfo($"{path}-wal").Length > 0);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
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

        await using var restarted = storage.Restart();
        Assert.Equal(new HashSet<Guid> { older.Id }, await restarted.Files.FindAsync([older.Id, younger.Id]));
        Assert.NotNull(await restarted.Work.GetAsync(older.Id));
    }

    /// <summary>A commit that is not synced is visible, but nothing reports it as stored.</summary>
    [Fact]
    public async Task FindAndClaim_BeforeTheSyncOfWhatTheyFind_WaitForItAndFailWithIt()
    {
        using var started = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        await using var storage = SqliteTestStorage.Open(() =>
        {
            started.Release();
            go.Wait();
            throw new IOException("lost");
        });
        var file = Rows.File();
        await storage.Idempotency.ClaimAsync("s", "k", "me", _minute, TimeSpan.FromDays(1));
        var accept = storage.Files.AcceptAsync([file], new("s", "k", "me", "print", "answer"));
        await started.WaitAsync();

        var find = storage.Files.FindAsync([file.Id]);
        var repeat = storage.Idempotency.ClaimAsync("s", "k", "other", _minute, TimeSpan.FromDays(1));
        Assert.NotNull(await storage.Files.GetAsync(file.Id));
        go.Release();

        foreach (var call in new Task[] { accept, find, repeat })
        {
            await Assert.ThrowsAsync<OutageException>(() => call);
        }
    }

    [Fact]
    public async Task EveryWrite_AfterAFailedSync_IsRefusedAndReadsGoOn()
    {
        var syncs = 0;
        await using var storage = SqliteTestStorage.Open(() =>
        {
            if (++syncs > 1)
            {
                throw new IOException("Can't sync the-file: no reason");
            }
        });
        var file = Rows.File();
        await storage.Files.AcceptAsync([file], null);
        await Assert.ThrowsAsync<OutageException>(() => storage.Database.FlushAsync());
        await Assert.ThrowsAsync<OutageException>(() => storage.Database.FlushAsync());

        foreach (var call in new Func<Task>[]
        {
            () => storage.Files.AcceptAsync([Rows.File()], null),
            () => storage.Files.DeleteAsync(file.Id, "tester"),
            () => storage.Files.BeginAsync(file.Id, "me", _minute),
            () => storage.Idempotency.ClaimAsync("s", "k", "me", _minute, _minute),
            async () => await storage.Database.Writer.OpenConnectionAsync(),
        })
        {
            // Nothing was written, unlike for a commit that was not synced.
            Assert.Equal(Outage.StorageReadOnly, (await Assert.ThrowsAsync<OutageException>(call)).Outage);
        }

        Assert.Contains("Can't sync the-file: no reason", (await Assert.ThrowsAsync<OutageException>(() => storage.Probe.CheckAsync())).Message, StringComparison.Ordinal);
        Assert.NotNull(await storage.Files.GetAsync(file.Id));
        Assert.Equal(2, syncs);
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

        await storage.Files.DeleteAsync(file.Id, "tester");

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
        var lost = false;
        await using var storage = SqliteTestStorage.Open(() =>
        {
            if (lost)
            {
                throw new IOException("lost");
            }
        });
        await storage.Probe.CheckAsync();
        lost = true;
        await Assert.ThrowsAsync<OutageException>(() => storage.Database.FlushAsync());
        lost = false;

        var outage = await Assert.ThrowsAsync<OutageException>(() => storage.Probe.CheckAsync());

        Assert.Equal(Outage.Database, outage.Outage);
    }
}
