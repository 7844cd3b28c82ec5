using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// Syncs the log of an open database, and runs its checkpoints. SQLite's automatic checkpoints do not report a failed sync and
/// retry it, and the retry may succeed although pages are lost. Here the first failed sync stops all writes.
/// </summary>
internal sealed class WriteAheadLog : IDisposable
{
    // 16 MiB; SQLite's default is 4 MiB. Each checkpoint costs two syncs while the writer waits.
    private const int CheckpointPages = 4_000;
    private const int CheckpointNoop = -1; // SQLITE_CHECKPOINT_NOOP: only reports the sizes.

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly SharedSync _sync;
    private readonly WriteStop _stop;

    /// <summary>Opens the log, which must exist, and syncs it and its name.</summary>
    /// <param name="database">Path of the database.</param>
    /// <param name="sync">Syncs the log of the given path.</param>
    /// <param name="stop">Stops writes when a sync fails.</param>
    public WriteAheadLog(string database, Action<SafeFileHandle, string> sync, WriteStop stop)
    {
        (_path, _stop) = ($"{database}-wal", stop);
        _file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            DiskSync.File(_file, _path);
            DiskSync.Folder(Path.GetDirectoryName(_path)!);
        }
        catch
        {
            _file.Dispose();
            throw;
        }

        _sync = new(() => Sync(sync));
    }

    /// <summary>When the task completes, every commit made before the call survives a power cut. Concurrent calls share a sync.</summary>
    public Task SyncAsync(CancellationToken cancellationToken) => _sync.RunAsync(cancellationToken);

    /// <summary>
    /// Runs a checkpoint when the log has grown long. Call it after a commit, inside the writer gate. A failure stops writes, so
    /// that the next <see cref="SyncAsync"/> throws.
    /// </summary>
    public void CheckpointWhenLong(sqlite3 database)
    {
        if (sqlite3_wal_checkpoint_v2(database, "main", CheckpointNoop, out var log, out var done) == SQLITE_OK
            && log >= CheckpointPages && done < log)
        {
            Checkpoint(database);
        }
    }

    /// <summary>
    /// Copies the log into the database as far as readers allow. On a full disk or a busy file it does less; the next call goes
    /// on. Does nothing once writes have stopped, because what is cached of the log must not get into the database.
    /// </summary>
    public void Checkpoint(sqlite3 database)
    {
        if (_stop.IsSet)
        {
            return;
        }

        if (sqlite3_wal_checkpoint_v2(database, "main", SQLITE_CHECKPOINT_PASSIVE, out _, out _) is var error && (error & 0xff) == SQLITE_IOERR)
        {
            var exception = new SqliteException(
                $"{sqlite3_errmsg(database).utf8_to_string()}, error {sqlite3_extended_errcode(database)} of SQLite", SQLITE_IOERR, sqlite3_extended_errcode(database));
            _stop.Set(SyncFailed($"Copying {_path} into the database failed ({exception.Message})."), exception);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The message for a failed sync.</summary>
    internal static string SyncFailed(string what) =>
        $"{what} The page cache may now differ from the disk. Repair the disk, then restart: the database is then read from the disk again.";

    private void Sync(Action<SafeFileHandle, string> sync)
    {
        _stop.ThrowIfUnknown();
        try
        {
            sync(_file, _path);
        }
        catch (IOException exception)
        {
            _stop.Set(SyncFailed($"{exception.Message}."), exception);
        }

        // A checkpoint may have failed meanwhile, on the same pages.
        _stop.ThrowIfUnknown();
    }
}
