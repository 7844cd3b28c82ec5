using System.Diagnostics;

namespace Chitti.Tests;

/// <summary>
/// A disk whose writes really fail: a sync fails once, and from then on the page cache differs from the disk. It is a loop
/// device over a sparse file, whose own volume is filled to break it. Needs root, mount, losetup and mkfs.ext4.
/// </summary>
internal sealed class FailingDisk : IDisposable
{
    private const int DiskMegabytes = 256, RoomMegabytes = 48;
    private readonly string _folder;
    private readonly string _loop;

    private FailingDisk(string folder, string loop) => (_folder, _loop) = (folder, loop);

    /// <summary>The mount point.</summary>
    public string Path => System.IO.Path.Combine(_folder, "disk");

    private string Store => System.IO.Path.Combine(_folder, "store");

    private string Ballast => System.IO.Path.Combine(Store, "ballast");

    /// <summary>Null, with a note for the test report, if it can't be mounted.</summary>
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

            // Without a journal, because after a failed journal write the kernel makes the file system read-only.
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

    /// <summary>From now on only blocks that were written before can be written.</summary>
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

    /// <summary>Lets writes succeed again. What failed before stays lost.</summary>
    public void Mend() => File.Delete(Ballast);

    /// <summary>Simulates a power cut: only what the disk holds is left. No file may be open.</summary>
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

    /// <returns>Its output; null when it failed.</returns>
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
