using System.Diagnostics;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>A file system of a few megabytes with a data folder on it. Needs root and mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Block = 4096;
    private readonly string _mountPoint;

    private SmallDisk(string mountPoint)
    {
        _mountPoint = mountPoint;
        Folder = new(mountPoint);
    }

    public DataFolder Folder { get; }

    public long FreeBytes => new DriveInfo(_mountPoint).AvailableFreeSpace;

    private string Ballast => Path.Combine(_mountPoint, "ballast");

    /// <summary>Null, and said aloud, where it can't be had.</summary>
    public static SmallDisk? Mount(int megabytes)
    {
        var mountPoint = Directory.CreateTempSubdirectory("chitti-disk-").FullName;
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", mountPoint))
        {
            return new(mountPoint);
        }

        Directory.Delete(mountPoint);
        NotRun.Say("full disk: needs root and mount");
        return null;
    }

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
        for (; blocks > 0; blocks--)
        {
            ballast.Write(new byte[Block]);
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", _mountPoint);
        Directory.Delete(_mountPoint, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
