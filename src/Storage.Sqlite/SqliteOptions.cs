using Microsoft.Win32.SafeHandles;

namespace Chitti.Storage.Sqlite;

/// <summary>Options of a SQLite database.</summary>
public sealed record SqliteOptions
{
    /// <summary>The file, for example <c>data/chitti.db</c>. Created with its folder if needed. Must be on a local disk, because WAL does not work on network file systems.</summary>
    public required string Path { get; init; }

    /// <summary>True to open the file for reading while another process may own it. Nothing is created, migrated or written.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long to wait for another process that locks the file. 5 s by default.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock for leases, claims and the ledger. The system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long opening may check the file for damage; zero for no check. 2 s by default.</summary>
    public TimeSpan CheckPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Syncs the log of the given path. Tests replace it to make syncs fail.</summary>
    internal Action<SafeFileHandle, string> Sync { get; init; } = DiskSync.File;

    /// <summary>The timeout for the ADO.NET provider, which retries in its own loop, by default for 30 s.</summary>
    internal int BusyTimeoutSeconds => Math.Max(1, (int)Math.Ceiling(BusyTimeout.TotalSeconds));
}
