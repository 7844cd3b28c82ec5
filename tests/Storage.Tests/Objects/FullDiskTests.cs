using Chitti.Domain;
using Chitti.Storage.Sqlite;
using Chitti.Tests;

namespace Chitti.Storage.Tests;

/// <summary>On a separate file system that is really full. Needs root and mount.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly SmallFileSystem? _disk = SmallFileSystem.Mount(megabytes: 4);

    public void Dispose() => _disk?.Dispose();

    [Fact]
    public async Task StageAndCommit_DiskFull_SaysFullAndLeavesNothing()
    {
        if (_disk is null)
        {
            return;
        }

        var store = new FolderObjectStore(new FolderObjectStoreOptions { Root = _disk.Path, ReserveBytes = 0 });

        var outage = await Assert.ThrowsAsync<OutageException>(async () =>
        {
            await using var staged = await store.StageAsync();
            await staged.Content.WriteAsync(new byte[8 * 1024 * 1024]);
            await staged.CommitAsync("files/ab/1/original");
        });

        Assert.Equal(Outage.StorageFull, outage.Outage);
        Assert.Empty(Directory.EnumerateFiles(_disk.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task AcceptAsync_DiskFull_SaysFullAndWorksAgainWithSpace()
    {
        if (_disk is null)
        {
            return;
        }

        using var database = new SqliteDatabase(new SqliteOptions { Path = Path.Combine(_disk.Path, "chitti.db") });
        var files = new SqliteFileStore(database);
        _disk.Fill();

        var outage = await Assert.ThrowsAsync<OutageException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await files.AcceptAsync([.. Enumerable.Range(0, 100).Select(_ => Rows.File())], null);
            }
        });
        Assert.Equal(Outage.StorageFull, outage.Outage);

        File.Delete(Path.Combine(_disk.Path, "ballast"));
        var file = Rows.File();
        await files.AcceptAsync([file], null);
        Assert.NotNull(await files.GetAsync(file.Id));
    }
}
