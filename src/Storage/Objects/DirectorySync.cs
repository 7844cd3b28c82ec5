using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Chitti.Storage;

/// <summary>
/// Makes names in a folder durable. A file's own fsync does not cover the folder entry that leads to it,
/// and .NET cannot open folders. Windows journals names itself; there this does nothing.
/// </summary>
public static partial class DirectorySync
{
    private const int Enoent = 2, Eintr = 4, Einval = 22, Erofs = 30;

    /// <summary>Syncs one folder. One that is gone has no names left to keep.</summary>
    internal static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Retry(() => Open(folder, OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000)); // O_RDONLY | O_CLOEXEC
        if (descriptor < 0)
        {
            if (Marshal.GetLastPInvokeError() == Enoent)
            {
                return;
            }

            throw Failure(folder);
        }
        try
        {
            // EINVAL, EROFS: file systems that cannot sync a folder, as .NET treats them for files.
            if (Retry(() => Fsync(descriptor)) < 0 && Marshal.GetLastPInvokeError() is not (Einval or Erofs))
            {
                throw Failure(folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Makes a folder and what is missing above it; each new name is durable.</summary>
    /// <exception cref="IOException">The folder cannot be made, or a name cannot be synced.</exception>
    public static void Create(string folder)
    {
        folder = Path.GetFullPath(folder);
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder)!;
        Create(parent);
        Directory.CreateDirectory(folder);
        Flush(parent);
    }

    private static int Retry(Func<int> call)
    {
        int result;
        do
        {
            result = call();
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Eintr);
        return result;
    }

    private static IOException Failure(string folder)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"Cannot sync {folder}: {new Win32Exception(error).Message}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
