using Chitti.Domain;
using Chitti.Storage.Sqlite;
using Chitti.Tests;

namespace Chitti.Storage.Tests;

/// <summary>Space is reserved for what must go on when a volume is full. Needs root and mount.</summary>
public sealed class ReserveTests : IDisposable
{
    private readonly SmallFileSystem? _disk = SmallFileSystem.Mount(megabytes: 16);

    public void Dispose() => _disk?.Dispose();

    private SqliteOptions Options => new() { Path = Path.Combine(_disk!.Path, "chitti.db") };

    [Fact]
    public async Task Content_WriteThatWouldTakeTheReserve_IsRefusedAsFull()
    {
        if (_disk is null)
        {
            return;
        }

        const long Reserve = 8 << 20;
        var store = new FolderObjectStore(new FolderObjectStoreOptions { Root = _disk.Path, ReserveBytes = Reserve });
        await using (var staged = await store.StageAsync())
        {
            var outage = await Assert.ThrowsAsync<OutageException>(async () =>
            {
                for (var written = 0; written < 12 << 20; written += 64 << 10)
                {
                    await staged.Content.WriteAsync(new byte[64 << 10]);
                }
            });

            Assert.Equal(Outage.StorageFull, outage.Outage);
            Assert.True(new DriveInfo(_disk.Path).AvailableFreeSpace >= Reserve);
        }

        // Bytes that finish accepted work may use the reserve.
        await using var report = await store.StageAsync(accepted: true);
        await report.Content.WriteAsync(new byte[12 << 20]);
    }

    [Fact]
    public async Task DeleteAsync_DiskFull_Works()
    {
        if (_disk is null)
        {
            return;
        }

        using var database = new SqliteDatabase(Options);
        var files = new SqliteFileStore(database);
        var file = Rows.File();
        await files.AcceptAsync([file], null);
        _disk.Fill();
        Assert.Equal(Outage.StorageFull, (await Assert.ThrowsAsync<OutageException>(() => FillAsync(files))).Outage);

        await files.DeleteAsync(file.Id, "tester");

        Assert.Null(await files.GetAsync(file.Id));
    }

    [Fact]
    public async Task Constructor_DiskFull_OpensAndFilesCanBeDeleted()
    {
        if (_disk is null)
        {
            return;
        }

        var rows = Enumerable.Range(0, 200).Select(_ => Rows.File()).ToList();
        using (var database = new SqliteDatabase(Options))
        {
            await new SqliteFileStore(database).AcceptAsync(rows, null);
        }

        _disk.Fill();
        using var restarted = new SqliteDatabase(Options);
        await restarted.ResetInFlightAsync();
        foreach (var row in rows)
        {
            await new SqliteFileStore(restarted).DeleteAsync(row.Id, "tester");
        }

        Assert.Empty(await new SqliteFileStore(restarted).ListAsync(new() { Limit = 1_000 }));
    }

    private static async Task FillAsync(SqliteFileStore files)
    {
        for (var i = 0; i < 100; i++)
        {
            await files.AcceptAsync([.. Enumerable.Range(0, 100).Select(_ => Rows.File())], null);
        }
    }
}
