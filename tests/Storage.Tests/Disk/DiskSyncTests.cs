using Chitti.Tests;

namespace Chitti.Storage.Tests;

public sealed class DiskSyncTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_KernelRefuses_ThrowsWithItsError()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // A device that can't be synced: a failure that needs no broken disk.
        using var file = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);

        var failure = Assert.Throws<IOException>(() => DiskSync.File(file, "/dev/null"));

        Assert.Equal(22, failure.HResult);
        Assert.StartsWith("Can't sync /dev/null: ", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>After a failed sync the next one succeeds, and the page cache differs from the disk until it is dropped.</summary>
    [Fact]
    public void ForgetCached_AfterAFailedSync_HasTheDiskRead()
    {
        using var disk = FailingDisk.Mount();
        if (disk is null)
        {
            return;
        }

        var path = Path.Combine(disk.Path, "file");
        var bytes = Enumerable.Repeat((byte)'x', 1 << 20).ToArray();
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
        disk.Break();
        RandomAccess.Write(file, bytes, 0);

        Assert.Throws<IOException>(() => DiskSync.File(file, path));

        disk.Mend();
        DiskSync.File(file, path);
        Assert.Equal(bytes, Read());
        DiskSync.ForgetCached(file, path);
        Assert.NotEqual(bytes, Read());

        byte[] Read()
        {
            var read = new byte[bytes.Length];
            Assert.Equal(read.Length, RandomAccess.Read(file, read, 0));
            return read;
        }
    }

    [Fact]
    public void FileAndFolder_ThatAreThere_AreSynced()
    {
        using (var file = File.OpenHandle(_folder["a"], FileMode.CreateNew, FileAccess.ReadWrite))
        {
            RandomAccess.Write(file, "bytes"u8, 0);
            DiskSync.File(file, _folder["a"]);
            DiskSync.ForgetCached(file, _folder["a"]);
        }

        DiskSync.Folder(_folder.Path);
        DiskSync.Folder(_folder["not/there"]);
        Assert.Equal("bytes", File.ReadAllText(_folder["a"]));
    }

    [Fact]
    public void CreateFolder_NewAndThere_IsMadeWithThoseAboveIt()
    {
        DiskSync.CreateFolder(_folder["a/b/c"]);
        DiskSync.CreateFolder(_folder["a/b/c"]);

        Assert.True(Directory.Exists(_folder["a/b/c"]));
    }
}
