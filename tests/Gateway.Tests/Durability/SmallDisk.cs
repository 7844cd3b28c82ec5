using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>A file system of a few megabytes with a data folder on it. Needs root and mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Block = 4096;
    private readonly SmallFileSystem _disk;

    private SmallDisk(SmallFileSystem disk)
    {
        _disk = disk;
        Folder = new(disk.Path);
    }

    public DataFolder Folder { get; }

    public long FreeBytes => new DriveInfo(_disk.Path).AvailableFreeSpace;

    private string Ballast => Path.Combine(_disk.Path, "ballast");

    /// <summary>Null, and said aloud, where it can't be had.</summary>
    public static SmallDisk? Mount(int megabytes) => SmallFileSystem.Mount(megabytes) is { } disk ? new(disk) : null;

    /// <summary>Makes the ballast as large as leaves this much.</summary>
    public void Leave(long bytes)
    {
        using var ballast = new FileStream(Ballast, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
        var blocks = (FreeBytes - bytes) / Block;
        if (blocks < 0)
        {
            ballast.SetLength(ballast.Length + blocks * Block);
            return;
        }

        ballast.Seek(0, SeekOrigin.End);
        try
        {
            for (; blocks > 0; blocks--)
            {
                ballast.Write(new byte[Block]);
            }
        }
        catch (IOException)
        {
            // The server took some of the room meanwhile: there is less left than was asked for.
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose() => _disk.Dispose();
}
