using System.Text;
using Chitti.Domain;
using Chitti.Tests;

namespace Chitti.Storage.Tests;

/// <summary>An unavailable store is an outage; a single unreadable object is not.</summary>
public sealed class FolderOutageTests : IDisposable
{
    private const string Key = "files/ab/1/original";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryCall_StoreIsGone_IsAnOutage()
    {
        var store = await StoreAsync();
        await using var staged = await FolderObjectStoreTests.StageAsync(store, "x");
        Directory.Move(_folder["objects"], _folder["away"]);
        await File.WriteAllTextAsync(_folder["objects"], "no folder");
        Directory.Delete(_folder["staging"], recursive: true);

        foreach (var call in new Func<Task>[]
        {
            async () => await store.OpenReadAsync(Key),
            async () => await store.GetInfoAsync(Key),
            async () => await store.DeleteAsync(Key),
            async () => await store.ListAsync("files/").ToListAsync(),
            async () => await store.StageAsync(),
            async () => await staged.CommitAsync(Key),
        })
        {
            Assert.Equal(Outage.ObjectStore, (await Assert.ThrowsAsync<OutageException>(call)).Outage);
        }
    }

    [Fact]
    public async Task Read_OneObjectIsNotAFile_FailsNamingItsKey()
    {
        var store = await StoreAsync();
        Directory.CreateDirectory(_folder[$"objects/{Key}.d"]);

        var failure = await Assert.ThrowsAsync<InvalidDataException>(async () => await store.OpenReadAsync($"{Key}.d"));

        Assert.Contains($"{Key}.d", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(await store.OpenReadAsync(Key));
    }

    [Fact]
    public async Task Read_OneObjectGivesInputErrors_FailsNamingItsKey()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var store = await StoreAsync();
        // The first page of a process is not mapped: reading it gives EIO, like a bad sector.
        File.CreateSymbolicLink(_folder[$"objects/{Key}.bad"], "/proc/self/mem");
        await using var stream = await store.OpenReadAsync($"{Key}.bad");

        var failures = new[]
        {
            await Assert.ThrowsAsync<InvalidDataException>(async () => await stream!.ReadExactlyAsync(new byte[16])),
            await Assert.ThrowsAsync<InvalidDataException>(() => stream!.CopyToAsync(Stream.Null)),
            Assert.Throws<InvalidDataException>(() => stream!.ReadByte()),
        };

        Assert.All(failures, failure => Assert.Contains($"{Key}.bad", failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_InputErrorAndStoreIsGone_IsAnOutage()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var store = await StoreAsync();
        File.CreateSymbolicLink(_folder[$"objects/{Key}.bad"], "/proc/self/mem");
        await using var stream = await store.OpenReadAsync($"{Key}.bad");
        Directory.Move(_folder["objects"], _folder["away"]);

        var outage = await Assert.ThrowsAsync<OutageException>(async () => await stream!.ReadExactlyAsync(new byte[16]));

        Assert.Equal(Outage.ObjectStore, outage.Outage);
    }

    [Fact]
    public async Task StageAndCommit_VolumeIsReadOnly_SaysSo()
    {
        using var disk = SmallFileSystem.Mount(megabytes: 4);
        if (disk is null)
        {
            return;
        }

        var store = new FolderObjectStore(new FolderObjectStoreOptions { Root = disk.Path, ReserveBytes = 0 });
        disk.MakeReadOnly();

        Assert.Equal(Outage.StorageReadOnly, (await Assert.ThrowsAsync<OutageException>(async () => await store.StageAsync())).Outage);
    }

    private async Task<FolderObjectStore> StoreAsync()
    {
        var store = new FolderObjectStore(new FolderObjectStoreOptions { Root = _folder.Path });
        await using var staged = await store.StageAsync();
        await staged.Content.WriteAsync(Encoding.UTF8.GetBytes("hello"));
        await staged.CommitAsync(Key);
        return store;
    }
}
