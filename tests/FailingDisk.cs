using System.Diagnostics;

namespace Chitti.Tests;

/// <summary>
/// A disk whose writes really fail, as a worn one's do: the kernel reports EIO once and then holds in its page cache what the
/// disk does not. A loop device over a sparse file whose own volume is full. Needs root, mount and losetup.
/// </summary>
internal sealed class FailingDisk : IDisposable
{
    private const int DiskMegabytes = 256, RoomMegabytes = 48;
    private readonly string _folder;
    private readonly string _loop;

    private FailingDisk(string folder, string loop) => (_folder, _loop) = (folder, loop);

    /// <summary>Where it is mounted.</summary>
    public string Path => System.IO.Path.Combine(_folder, "disk");

    private string Store => System.IO.Path.Combine(_folder, "store");

    private string Ballast => System.IO.Path.Combine(Store, "ballast");

    /// <summary>Null, and said aloud, where it can't be had.</summary>
    public static FailingDisk? Mount()
    {
        var folder = Directory.CreateTempSubdirectory("chitti-failing-").FullName;
        var (store, disk) = (Directory.CreateDirectory(System.IO.Path.Combine(folder, "store")).FullName, Directory.CreateDirectory(System.IO.Path.Combine(folder, "disk")).FullName);
        var image = System.IO.Path.Combine(store, "image");
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={RoomMegabytes}m", "tmpfs", store) is not null)
        {
            using (var file = File.Create(image))
            {
                file.SetLength((long)DiskMegabytes << 20);
            }

            // Without a journal: with one, the kernel would give up the file system as a whole.
            if (Run("mkfs.ext4", "-q", "-O", "^has_journal", image) is not null
                && Run("losetup", "--find", "--show", image)?.Trim() is { Length: > 0 } loop)
            {
                if (Run("mount", loop, disk) is not null)
                {
                    return new(folder, loop);
                }

                Run("losetup", "--detach", loop);
            }

            Run("umount", store);
        }

        Directory.Delete(folder, recursive: true);
        NotRun.Say("failing disk: needs root, mount, losetup and mkfs.ext4");
        return null;
    }

    /// <summary>From now on no block is written that was not written before.</summary>
    public void Break()
    {
        using var ballast = new FileStream(Ballast, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                ballast.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Writes reach the disk again; what failed before stays lost.</summary>
    public void Mend() => File.Delete(Ballast);

    /// <summary>As a power cut: only what the disk holds is left. No file may be open.</summary>
    public void CutPower()
    {
        Assert.NotNull(Run("umount", Path));
        Assert.NotNull(Run("mount", _loop, Path));
    }

    public void Dispose()
    {
        Run("umount", Path);
        Run("losetup", "--detach", _loop);
        Run("umount", Store);
        Directory.Delete(_folder, recursive: true);
    }

    /// <returns>What it said; null when it failed.</returns>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
