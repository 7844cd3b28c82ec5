using Microsoft.Win32.SafeHandles;

namespace Chitti.Storage.Sqlite;

/// <summary>Where a SQLite database lies and how it waits.</summary>
public sealed record SqliteOptions
{
    /// <summary>The file, for example <c>data/chitti.db</c>; made with its folder if needed. On a local disk: WAL does not work on network file systems.</summary>
    public required string Path { get; init; }

    /// <summary>How long to wait for another process that holds the file. Default 5 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock that leases, claims and the ledger go by. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How the log is synced; tests let it fail.</summary>
    internal Action<SafeFileHandle> Sync { get; init; } = RandomAccess.FlushToDisk;

    /// <summary>The same for the ADO.NET provider, which counts in seconds and tries again for 30 s where it is not told.</summary>
    internal int BusyTimeoutSeconds => Math.Max(1, (int)Math.Ceiling(BusyTimeout.TotalSeconds));
}
