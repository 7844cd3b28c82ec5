using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chitti.Storage;

/// <summary>
/// Syncs files and folders, and throws when a sync fails. .NET's own calls return normally when <c>fsync</c> fails with EIO
/// or ENOSPC, and can't open folders.
/// </summary>
/// <remarks>
/// After a failed sync the kernel may mark the lost pages as written and report the next sync as a success, so a retry proves
/// nothing. Discard what was to be synced, or read it again from the disk (<see cref="ForgetCached"/>).
/// </remarks>
public static partial class DiskSync
{
    private const int Enoent = 2, Eintr = 4, Einval = 22;
    private const int OpenFolderLinux = 0x80000, OpenFolderMac = 0x1000000; // O_RDONLY | O_CLOEXEC
    private const int FullSyncMac = 51; // F_FULLFSYNC: also flushes the drive's cache.
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    /// <summary>Syncs a file. Blocks.</summary>
    /// <param name="file">The file, open for writing, with no bytes left in a buffer of this process.</param>
    /// <param name="path">Its path, for the message.</param>
    /// <exception cref="IOException">The sync failed; <see cref="Exception.HResult"/> is the error code of the operating system.</exception>
    public static void File(SafeFileHandle file, string path)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (OperatingSystem.IsWindows() ? !FlushFileBuffers(file) : SyncUnix(file) < 0)
        {
            throw Failure(path);
        }
    }

    /// <summary>
    /// Syncs the names in a folder, which the sync of a file does not cover. Does nothing if the folder no longer exists, or on
    /// Windows, which journals names itself. Blocks.
    /// </summary>
    /// <exception cref="IOException">The sync failed; <see cref="Exception.HResult"/> is the error code of the operating system.</exception>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = OpenFolder(path);
        if (folder is null)
        {
            return;
        }

        // EINVAL: the file system can't sync folders. EROFS is a failure: ext4 reports it after its journal has failed.
        if (SyncUnix(folder) < 0 && Marshal.GetLastPInvokeError() != Einval)
        {
            throw Failure(path);
        }
    }

    /// <summary>Creates a folder and its missing parents, each with a durable name.</summary>
    /// <exception cref="IOException">The folder can't be created, or a name can't be synced.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to create the folder.</exception>
    public static void CreateFolder(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path)!;
        CreateFolder(parent);
        Directory.CreateDirectory(path);
        Folder(parent);
    }

    /// <summary>
    /// Drops a synced file from the page cache, which after a failed sync may differ from the disk, so that it is read from the
    /// disk again. Linux only; does nothing elsewhere.
    /// </summary>
    /// <exception cref="IOException">The kernel can't drop it.</exception>
    public static void ForgetCached(SafeFileHandle file, string path)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (OperatingSystem.IsLinux() && Advise(file, 0, 0, DontNeed) is not 0 and var error)
        {
            throw new IOException($"Can't read {path} from the disk: {new Win32Exception(error).Message}", error);
        }
    }

    private static SafeFileHandle? OpenFolder(string path)
    {
        var folder = new SafeFileHandle(Retry(() => Open(path, OperatingSystem.IsMacOS() ? OpenFolderMac : OpenFolderLinux)), ownsHandle: true);
        if (!folder.IsInvalid)
        {
            return folder;
        }

        return Marshal.GetLastPInvokeError() == Enoent ? null : throw Failure(path);
    }

    private static nint SyncUnix(SafeFileHandle file)
    {
        // Some file systems don't support the stronger call; they get the common one, as in SQLite.
        if (OperatingSystem.IsMacOS() && Retry(() => Control(file, FullSyncMac)) >= 0)
        {
            return 0;
        }

        return Retry(() => Fsync(file));
    }

    private static nint Retry(Func<nint> call)
    {
        nint result;
        do
        {
            result = call();
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Eintr);
        return result;
    }

    private static IOException Failure(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"Can't sync {path}: {new Win32Exception(error).Message}", OperatingSystem.IsWindows() ? Marshal.GetHRForLastWin32Error() : error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FlushFileBuffers(SafeFileHandle file);
}
