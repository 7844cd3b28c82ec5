namespace Chitti.Storage;

/// <summary>Tells "there is no room left" from other failures.</summary>
public static class StorageFull
{
    internal const int NoSpace = 28;
    private const int QuotaLinux = 122, QuotaMac = 69;
    private const int HandleDiskFullWindows = unchecked((int)0x80070027), DiskFullWindows = unchecked((int)0x80070070);

    /// <summary>Whether the failure, or what caused it, is a full disk, a reached quota or a full database.</summary>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        StorageFullException => true,
        IOException { HResult: NoSpace or HandleDiskFullWindows or DiskFullWindows } => true,
        IOException { HResult: QuotaLinux } when OperatingSystem.IsLinux() => true,
        IOException { HResult: QuotaMac } when OperatingSystem.IsMacOS() => true,
        AggregateException many => many.InnerExceptions.Any(Is),
        // The code does not cross from silo to client, the text does.
        _ when exception.Message.StartsWith("SQLite Error 13:", StringComparison.Ordinal) => true,
        _ => Is(exception.InnerException),
    };
}
