using System.Text;
using Chitti.Domain;

namespace Chitti.Storage.Tests;

public sealed class FolderObjectStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CommitAsync_StagedBytes_CanBeReadByKey()
    {
        var store = Store();

        await PutAsync(store, "files/ab/1/original", "hello");

        Assert.Equal("hello", await ReadAsync(store, "files/ab/1/original"));
        var info = await store.GetInfoAsync("files/ab/1/original");
        Assert.Equal(5, info!.Size);
        Assert.Equal("files/ab/1/original", info.Key);
        Assert.InRange(info.ModifiedAt, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
        Assert.Equal(["files/ab/1/original"], Files("objects"));
        Assert.Empty(Files("staging"));
    }

    [Fact]
    public async Task CommitAsync_KeyThatExists_Replaces()
    {
        var store = Store();
        await PutAsync(store, "files/ab/1/original", "old and longer");

        await PutAsync(store, "files/ab/1/original", "new");

        Assert.Equal("new", await ReadAsync(store, "files/ab/1/original"));
    }

    [Fact]
    public async Task CommitAsync_ManyAtOnce_StoresAll()
    {
        var store = Store();
        var staged = new List<(IStagedObject, string)>();
        for (var i = 0; i < 100; i++)
        {
            staged.Add((await StageAsync(store, $"part {i}"), $"files/{i % 16:x2}/{i}/original"));
        }

        await store.CommitAsync(staged);

        Assert.Equal(100, Files("objects").Count);
        Assert.Equal("part 99", await ReadAsync(store, "files/03/99/original"));
    }

    [Fact]
    public async Task CommitAsync_OneOfManyFails_LeavesNothing()
    {
        var store = Store();
        await PutAsync(store, "files/ab", "a file where a folder is needed");

        await using var good = await StageAsync(store, "good");
        await using var bad = await StageAsync(store, "bad");
        await Assert.ThrowsAsync<OutageException>(async () => await store.CommitAsync([(good, "files/cd/1/original"), (bad, "files/ab/1/original")]));

        Assert.Equal(["files/ab"], Files("objects"));
        Assert.Empty(Files("staging"));
    }

    [Fact]
    public async Task CommitAsync_ReplacesOneAndFailsOnAnother_KeepsTheOldObject()
    {
        var store = Store();
        await PutAsync(store, "files/ab", "a file where a folder is needed");
        await PutAsync(store, "files/cd/1/thumbnail.jpg", "old");

        await using var good = await StageAsync(store, "new");
        await using var bad = await StageAsync(store, "bad");
        await Assert.ThrowsAsync<OutageException>(async () => await store.CommitAsync([(good, "files/cd/1/thumbnail.jpg"), (bad, "files/ab/1/original")]));

        Assert.Equal("old", await ReadAsync(store, "files/cd/1/thumbnail.jpg"));
        Assert.Empty(Files("staging"));
    }

    [Fact]
    public async Task CommitAsync_OneKeyTwiceAndAFailure_LeavesNothing()
    {
        var store = Store();
        await PutAsync(store, "files/ab", "a file where a folder is needed");

        await using var first = await StageAsync(store, "first");
        await using var second = await StageAsync(store, "second");
        await using var bad = await StageAsync(store, "bad");
        await Assert.ThrowsAsync<OutageException>(async () => await store.CommitAsync(
            [(first, "files/cd/1/original"), (second, "files/cd/1/original"), (bad, "files/ab/1/original")]));

        Assert.Equal(["files/ab"], Files("objects"));
        Assert.Empty(Files("staging"));
    }

    [Fact]
    public async Task CommitAsync_CleanUpFailsToo_ThrowsTheFirstErrorAndRemovesTheRest()
    {
        var store = Store();
        await PutAsync(store, "files/ab", "a file where a folder is needed");
        await using var bad = await StageAsync(store, "bad");
        await using var other = await StageAsync(store, "other");
        var path = ((FolderObjectStore.StagedFile)bad).Path;
        File.Delete(path);
        Directory.CreateDirectory(path); // A folder can't be deleted as a file.

        await Assert.ThrowsAsync<OutageException>(async () => await store.CommitAsync([(bad, "files/ab/1/original"), (other, "files/cd/1/original")]));

        Assert.Empty(Files("staging"));
        Directory.Delete(path);
    }

    [Fact]
    public async Task DisposeAsync_WithoutCommit_LeavesNothing()
    {
        var store = Store();

        await (await StageAsync(store, "gone")).DisposeAsync();

        Assert.Empty(Files("."));
    }

    [Fact]
    public async Task Content_BeforeCommit_CanBeReadBack()
    {
        await using var staged = await StageAsync(Store(), "header");

        staged.Content.Position = 0;

        using var reader = new StreamReader(staged.Content, leaveOpen: true);
        Assert.Equal("header", await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("files/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("files//x")]
    [InlineData("files/./x")]
    [InlineData("files/x/")]
    [InlineData("Files/x")]
    [InlineData("files\\x")]
    [InlineData("files/x\0")]
    public async Task AnyCall_InvalidKey_Throws(string key)
    {
        var store = Store();
        await using var staged = await StageAsync(store, "x");

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await staged.CommitAsync(key));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.OpenReadAsync(key));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.GetInfoAsync(key));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.DeleteAsync(key));
        Assert.Empty(Files("objects"));
    }

    [Fact]
    public async Task Read_NoSuchKey_IsNull()
    {
        var store = Store();

        Assert.Null(await store.OpenReadAsync("files/none"));
        Assert.Null(await store.GetInfoAsync("files/none/at/all"));
        await store.DeleteAsync("files/none/at/all");
    }

    [Fact]
    public async Task DeleteAsync_LastObjectOfAFolder_RemovesTheFolder()
    {
        var store = Store();
        await PutAsync(store, "files/ab/1/original", "a");
        await PutAsync(store, "files/ab/1/thumbnail.jpg", "b");

        await store.DeleteAsync("files/ab/1/original");
        Assert.Equal(["files/ab/1/thumbnail.jpg"], Files("objects"));
        await store.DeleteAsync("files/ab/1/thumbnail.jpg");

        Assert.False(Directory.Exists(_folder["objects/files/ab/1"]));
    }

    [Fact]
    public async Task RemoveEmptyFoldersAsync_CrashedCommits_RemovesOnlyAbandonedEmptyFoldersBelowTheSharedOnes()
    {
        var store = Store();
        await PutAsync(store, "files/ab/full/original", "a");
        foreach (var key in new[] { "files/ab/old", "files/ab/young", "files/ab/nested/old", "files/cd", "reports/ab/old" })
        {
            Directory.CreateDirectory(_folder[$"objects/{key}"]);
        }

        var asked = new List<string>();
        await store.RemoveEmptyFoldersAsync("files/", key =>
        {
            asked.Add(key);
            return !key.Contains("young", StringComparison.Ordinal);
        });
        await store.RemoveEmptyFoldersAsync("no-such/", _ => true);

        Assert.Equal(["files/ab/nested/", "files/ab/nested/old/", "files/ab/old/", "files/ab/young/"], asked.Order(StringComparer.Ordinal));
        Assert.Equal(["files/ab/full/original"], Files("objects"));
        foreach (var (key, kept) in new[] { ("files/ab/old", false), ("files/ab/young", true), ("files/ab/nested", false), ("files/cd", true), ("reports/ab/old", true) })
        {
            Assert.Equal(kept, Directory.Exists(_folder[$"objects/{key}"]));
        }
    }

    [Fact]
    public async Task DeleteAsync_WhileOthersCommitNearby_LosesNothing()
    {
        var store = Store();

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (i, stop) =>
        {
            await PutAsync(store, "files/ab/1/original", "a");
            await store.DeleteAsync("files/ab/1/original", stop);
            await PutAsync(store, $"files/ab/1/{i}", "b");
            Assert.NotNull(await store.GetInfoAsync($"files/ab/1/{i}", stop));
            if (i % 2 == 0)
            {
                await store.DeleteAsync($"files/ab/1/{i}", stop);
            }
        });

        Assert.Equal(100, Files("objects").Count);
    }

    [Fact]
    public async Task Constructor_StagingOfADeadProcess_IsCleared()
    {
        Directory.CreateDirectory(_folder["staging"]);
        await File.WriteAllTextAsync(_folder["staging/left"], "half");

        Store();

        Assert.Empty(Files("staging"));
    }

    [Fact]
    public async Task Constructor_StagingOfALivingProcess_IsKept()
    {
        var first = Store();
        await using var staged = await StageAsync(first, "being written");

        Store();

        await staged.CommitAsync("files/ab/1/original");
        Assert.Equal("being written", await ReadAsync(first, "files/ab/1/original"));
    }

    [Fact]
    public async Task ListAsync_NamesThatAreNoKeys_AreLeftOut()
    {
        var store = Store();
        await PutAsync(store, "files/ab/1/original", "1");
        foreach (var name in new[] { ".DS_Store", "original (1)", new string('a', 200) })
        {
            File.WriteAllText(_folder[$"objects/files/ab/1/{name}"], "x");
        }

        Assert.Equal(["files/ab/1/original"], await ListAsync(store, ""));
    }

    [Fact]
    public async Task ListAsync_Prefix_GivesTheKeysWithThatPrefix()
    {
        var store = Store();
        string[] keys = ["files/ab/1/original", "files/ab/2/original", "files/ac/3/original", "reports/ab/4.pdf"];
        foreach (var key in keys)
        {
            await PutAsync(store, key, "x");
        }

        Assert.Equal(keys, await ListAsync(store, ""));
        Assert.Equal(keys[..3], await ListAsync(store, "files/"));
        Assert.Equal(keys[..2], await ListAsync(store, "files/ab"));
        Assert.Equal(keys[1..2], await ListAsync(store, "files/ab/2/orig"));
        Assert.Empty(await ListAsync(store, "nothing/here"));
        Assert.Empty(await ListAsync(store, "files/zz/"));
    }

    [Fact]
    public async Task StageAsync_LessFreeThanTheReserve_IsRefusedAsFull()
    {
        var store = new FolderObjectStore(new FolderObjectStoreOptions { Root = _folder.Path, ReserveBytes = long.MaxValue });

        var outage = await Assert.ThrowsAsync<OutageException>(async () => await store.StageAsync());

        Assert.Equal(Outage.StorageFull, outage.Outage);
        Assert.Empty(Files("."));
        await using var report = await store.StageAsync(accepted: true);
        await report.CommitAsync("reports/ab/1.csv");
        Assert.NotNull(await store.GetInfoAsync("reports/ab/1.csv"));
    }

    internal static async Task<IStagedObject> StageAsync(FolderObjectStore store, string text)
    {
        var staged = await store.StageAsync();
        await staged.Content.WriteAsync(Encoding.UTF8.GetBytes(text));
        return staged;
    }

    [Fact]
    public async Task MoveAsync_Object_HasTheOtherKeyAndItsFolderGoes()
    {
        var store = Store();
        await PutAsync(store, "files/ab/1/original", "hello");
        await PutAsync(store, "files/ab/1/metadata.json", "{}");
        await PutAsync(store, "quarantine/20261125/files/ab/1/metadata.json", "old");

        Assert.True(await store.MoveAsync("files/ab/1/original", "quarantine/20261125/files/ab/1/original"));
        Assert.True(await store.MoveAsync("files/ab/1/metadata.json", "quarantine/20261125/files/ab/1/metadata.json"));
        Assert.False(await store.MoveAsync("files/ab/1/original", "quarantine/20261125/files/ab/1/original"));

        Assert.Equal(["quarantine/20261125/files/ab/1/metadata.json", "quarantine/20261125/files/ab/1/original"], Files("objects"));
        Assert.Equal("{}", await ReadAsync(store, "quarantine/20261125/files/ab/1/metadata.json"));
        Assert.False(Directory.Exists(_folder["objects/files/ab/1"]));
    }

    [Fact]
    public async Task ReadOnly_BesideItsOwner_ReadsAndRefusesEveryChange()
    {
        await PutAsync(Store(), "files/ab/1/original", "hello");
        await File.WriteAllTextAsync(_folder["staging/of-a-dead-process"], "x");

        var store = new FolderObjectStore(new FolderObjectStoreOptions { Root = _folder.Path, ReadOnly = true });

        Assert.Equal("hello", await ReadAsync(store, "files/ab/1/original"));
        Assert.Equal(["files/ab/1/original"], await ListAsync(store, ""));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.StageAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.DeleteAsync("files/ab/1/original"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.MoveAsync("files/ab/1/original", "files/ab/2/original"));
        Assert.Single(Files("staging"));
    }

    internal static async Task PutAsync(FolderObjectStore store, string key, string text)
    {
        await using var staged = await StageAsync(store, text);
        await staged.CommitAsync(key);
    }

    private static async Task<string> ReadAsync(FolderObjectStore store, string key)
    {
        using var reader = new StreamReader((await store.OpenReadAsync(key))!);
        return await reader.ReadToEndAsync();
    }

    private static async Task<List<string>> ListAsync(FolderObjectStore store, string prefix)
    {
        var keys = new List<string>();
        await foreach (var info in store.ListAsync(prefix))
        {
            keys.Add(info.Key);
        }

        return [.. keys.Order()];
    }

    private FolderObjectStore Store() => new(new FolderObjectStoreOptions { Root = _folder.Path });

    private List<string> Files(string below) =>
        [.. Directory.EnumerateFiles(_folder[below], "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_folder[below], f)).Order()];
}
