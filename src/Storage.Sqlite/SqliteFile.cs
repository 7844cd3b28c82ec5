using System.Diagnostics;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Chitti.Storage.Sqlite;

/// <summary>The file of a database, before it is opened for normal use.</summary>
internal static class SqliteFile
{
    private const int NoCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
    private const int ProgressSteps = 1_000;

    /// <summary>
    /// Syncs what the last process left and drops it from the page cache, so that it is read from the disk. After a failed sync
    /// in that process the cache may hold pages that the disk does not, and nothing may be built on them. Call it before SQLite
    /// opens the file, because closing another handle of the file would release SQLite's locks.
    /// </summary>
    /// <exception cref="IOException">A file can't be opened or synced.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to write a file.</exception>
    public static void ReadAgain(string path)
    {
        foreach (var file in new[] { path, $"{path}-wal" }.Where(File.Exists))
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            DiskSync.File(handle, file);
            DiskSync.ForgetCached(handle, file);
        }
    }

    /// <summary>Opens a connection outside the pool.</summary>
    public static SqliteConnection Open(SqliteOptions options)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(options.Path),
            DefaultTimeout = options.BusyTimeoutSeconds,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            TakeCheckpoints(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Turns SQLite's own checkpoints off, because they do not report failed syncs; see <see cref="WriteAheadLog"/>.</summary>
    public static void TakeCheckpoints(SqliteConnection connection)
    {
        sqlite3_wal_autocheckpoint(connection.Handle, 0);
        SetCheckpointOnClose(connection, false);
    }

    /// <summary>Whether closing the last connection copies the log into the database and deletes it.</summary>
    public static void SetCheckpointOnClose(SqliteConnection connection, bool value) =>
        sqlite3_db_config(connection.Handle, NoCheckpointOnClose, value ? 0 : 1, out _);

    /// <summary>Checks the file for damage until <see cref="SqliteOptions.CheckPatience"/> is over; a large file is checked in part.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or is not a database.</exception>
    public static void Check(SqliteOptions options)
    {
        if (options.CheckPatience <= TimeSpan.Zero || !File.Exists(options.Path))
        {
            return;
        }

        var start = Stopwatch.GetTimestamp();
        using var connection = Open(options);
        sqlite3_progress_handler(connection.Handle, ProgressSteps, _ => Stopwatch.GetElapsedTime(start) > options.CheckPatience ? 1 : 0, null);
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            if (command.ExecuteScalar() is string finding and not "ok")
            {
                throw new InvalidDataException(Damaged(options.Path, finding));
            }
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLITE_CORRUPT or SQLITE_NOTADB)
        {
            throw new InvalidDataException(Damaged(options.Path, exception.Message), exception);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLITE_INTERRUPT)
        {
            // Damage in the rest is found when it is read.
        }
    }

    /// <summary>The message for a damaged file.</summary>
    internal static string Damaged(string path, string finding) =>
        $"{Path.GetFullPath(path)} is damaged ({finding.ReplaceLineEndings(" ")}). Restore it from a backup, then restart.";
}
