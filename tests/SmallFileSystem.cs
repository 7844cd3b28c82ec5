using System.Diagnostics;

namespace Chitti.Tests;

/// <summary>A file system of a few megabytes that can really be full. Needs root and mount.</summary>
internal sealed class SmallFileSystem : IDisposable
{
    private SmallFileSystem(string path) => Path = path;

    public string Path { get; }

    /// <summary>Null, and reported as not run, if it can't be created.</summary>
    public static SmallFileSystem? Mount(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("chitti-disk-").FullName;
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path))
        {
            return new(path);
        }

        Directory.Delete(path);
        NotRun.Say("full disk: needs root and mount");
        return null;
    }

    /// <summary>Fills it to the last block.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(System.IO.Path.Combine(Path, "ballast"), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
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

    /// <summary>Makes it read-only; no file may be open for writing.</summary>
    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Path));

    public void Dispose()
    {
        Run("umount", Path);
        Directory.Delete(Path, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
