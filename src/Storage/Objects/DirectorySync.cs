using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Chitti.Storage;

/// <summary>
/// Makes the names in a folder durable. The fsync of a file does not cover its entry in the folder, and .NET can't open
/// folders. Does nothing on Windows, which journals names itself.
/// </summary>
public static partial class DirectorySync
{
    private const int Enoent = 2, Eintr = 4, Einval = 22, Erofs = 30;

    /// <summary>Syncs a folder. Does nothing if it no longer exists.</summary>
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

            throw LastError(folder);
        }
        try
        {
            // EINVAL, EROFS: the file system can't sync folders. Ignored, as .NET does for files.
            if (Retry(() => Fsync(descriptor)) < 0 && Marshal.GetLastPInvokeError() is not (Einval or Erofs))
            {
                throw LastError(folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Creates a folder and its missing parents, each with a durable name.</summary>
    /// <exception cref="IOException">The folder can't be created, or a name can't be synced.</exception>
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

    private static IOException LastError(string folder)
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
