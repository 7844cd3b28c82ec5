using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>Maps errors of a file system to outages.</summary>
internal static class DiskOutages
{
    private const int ReadOnlyFileSystem = 30, WriteProtectedWindows = unchecked((int)0x80070013);
    private const int NoSpace = 28, QuotaLinux = 122, QuotaMac = 69;
    private const int HandleDiskFullWindows = unchecked((int)0x80070027), DiskFullWindows = unchecked((int)0x80070070);

    /// <summary>The outage that an exception of a read, write or sync stands for; null if it is not from the file system.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="otherwise">The outage if the volume is neither full nor read-only.</param>
    public static Outage? Find(Exception exception, Outage otherwise) => exception switch
    {
        IOException { HResult: NoSpace or HandleDiskFullWindows or DiskFullWindows } => Outage.StorageFull,
        IOException { HResult: QuotaLinux } when OperatingSystem.IsLinux() => Outage.StorageFull,
        IOException { HResult: QuotaMac } when OperatingSystem.IsMacOS() => Outage.StorageFull,
        IOException { HResult: ReadOnlyFileSystem or WriteProtectedWindows } => Outage.StorageReadOnly,
        IOException or UnauthorizedAccessException => otherwise,
        _ => null,
    };
}
