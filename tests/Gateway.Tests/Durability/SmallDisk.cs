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

    /// <summary>Null, and reported as not run, if it can't be created.</summary>
    public static SmallDisk? Mount(int megabytes) => SmallFileSystem.Mount(megabytes) is { } disk ? new(disk) : null;

    /// <summary>Sizes the ballast so that this much space is left.</summary>
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
            // The server has used some space meanwhile, so less is left than requested.
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose() => _disk.Dispose();
}
