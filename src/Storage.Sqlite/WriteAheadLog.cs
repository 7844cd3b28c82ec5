using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// Syncs the log of an open database and copies it into the database. SQLite's automatic checkpoint keeps a failed sync to
/// itself and tries again, which may then seem to work; so checkpoints are run here, and the first failure is the last.
/// </summary>
internal sealed class WriteAheadLog : IDisposable
{
    // 16 MiB; SQLite's own would be 4 MiB. Each checkpoint costs two syncs while other writers wait.
    private const int CheckpointPages = 4_000;
    private const int CheckpointNoop = -1; // SQLITE_CHECKPOINT_NOOP: only tells the sizes.

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly SharedSync _sync;
    private readonly WriteStop _stop;

    /// <summary>Opens the log, which must be there, and makes it and its name durable.</summary>
    /// <param name="database">Path of the database.</param>
    /// <param name="sync">How the log is synced.</param>
    /// <param name="stop">Is set when a sync fails.</param>
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

    /// <summary>When the task ends, every commit that ended before the call survives a power cut. Calls at the same time share one sync.</summary>
    public Task SyncAsync(CancellationToken cancellationToken) => _sync.RunAsync(cancellationToken);

    /// <summary>
    /// To be called after a commit, in the writer gate: a checkpoint if it is time for one. What the commit wrote is then in
    /// the log and perhaps in the database; a failure shows at the sync that follows.
    /// </summary>
    public void CheckpointWhenLong(sqlite3 database)
    {
        if (!_stop.IsSet
            && sqlite3_wal_checkpoint_v2(database, "main", CheckpointNoop, out var log, out var done) == SQLITE_OK
            && log >= CheckpointPages && done < log)
        {
            Checkpoint(database);
        }
    }

    /// <summary>Copies what is in the log, as far as readers allow, into the database. A full disk or a busy file waits for the next time.</summary>
    public void Checkpoint(sqlite3 database)
    {
        if (sqlite3_wal_checkpoint_v2(database, "main", SQLITE_CHECKPOINT_PASSIVE, out _, out _) is var error && (error & 0xff) == SQLITE_IOERR)
        {
            var exception = new SqliteException(
                $"{sqlite3_errmsg(database).utf8_to_string()}, error {sqlite3_extended_errcode(database)} of SQLite", SQLITE_IOERR, sqlite3_extended_errcode(database));
            _stop.Set(SyncFailed($"Copying {_path} into the database failed ({exception.Message})."), exception);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>What to tell of a failed sync.</summary>
    internal static string SyncFailed(string what) =>
        $"{what} The system's page cache may now hold what the disk does not. Mend the disk, then restart: what the disk holds is read again.";

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

        // Also where a checkpoint failed meanwhile: the same pages were at stake.
        _stop.ThrowIfUnknown();
    }
}
