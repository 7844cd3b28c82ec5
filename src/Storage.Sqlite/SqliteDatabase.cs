using System.Data.Common;
using System.Runtime.CompilerServices;
using Chitti.Domain;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// One SQLite file with a write-ahead log: one writer at a time, and concurrent readers. A commit survives a crash of the
/// process, and after <see cref="FlushAsync"/> a power cut.
/// </summary>
public sealed class SqliteDatabase : IDatabaseProbe, IDisposable
{
    private readonly TimeProvider _time;
    private readonly string _path;
    private readonly string _settings;

    // Pooled handles keep their settings, so each is configured only once.
    private readonly ConditionalWeakTable<sqlite3, object> _configured = [];
    private readonly SqliteConnection _keeper;
    private readonly SpaceReserve _reserve;
    private readonly WriteAheadLog? _log;
    private bool _disposed;

    /// <summary>
    /// Opens the file, creates it if needed, and migrates its schema. What the last process left is read from the disk, not
    /// from the page cache, and checked for damage. Blocks.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is damaged, or is not a database.</exception>
    /// <exception cref="InvalidOperationException">The schema is newer than this program, or a migration failed.</exception>
    /// <exception cref="SqliteException">The file can't be used.</exception>
    /// <exception cref="IOException">The folder can't be created, or the database, its log or a name can't be synced.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to write the folder, the database or the log.</exception>
    public SqliteDatabase(SqliteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _time = options.Time;
        _path = Path.GetFullPath(options.Path);
        _reserve = new(Path.ChangeExtension(_path, ".reserve"));
        if (options.ReadOnly)
        {
            SqliteMigrations.Check(options);
        }
        else
        {
            DiskSync.CreateFolder(Path.GetDirectoryName(_path)!);
            _reserve.ReleaseIfShort();
            SqliteFile.ReadAgain(_path);
            SqliteFile.Check(options);
            SqliteMigrations.Upgrade(options);
        }

        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            DefaultTimeout = options.BusyTimeoutSeconds,
            Mode = options.ReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
        }.ConnectionString;
        _settings = $"""
            PRAGMA foreign_keys=ON;
            PRAGMA busy_timeout={(long)options.BusyTimeout.TotalMilliseconds};
            PRAGMA synchronous=NORMAL;
            PRAGMA journal_size_limit=67108864;
            """;
        Writer = new SqliteWriterDataSource(this);
        _keeper = OpenReader();
        if (options.ReadOnly)
        {
            return;
        }

        try
        {
            // The write makes SQLite create the log, and this connection stays open so that SQLite does not delete it.
            using (var command = _keeper.CreateCommand())
            {
                command.CommandText = "PRAGMA journal_mode=WAL; UPDATE liveness SET writes = writes + 1;";
                command.ExecuteNonQuery();
            }
            _log = new(_path, options.Sync, Stop);
            _log.Checkpoint(_keeper.Handle!);
            Stop.ThrowIfSet();
        }
        catch
        {
            _log?.Dispose();
            _keeper.Dispose();
            throw;
        }

        _reserve.Take();
    }

    /// <summary>
    /// Connections for writing, for Orleans (<c>AdoNetGrainStorageOptions.DataSource</c>) and for the stores. Only one is open at
    /// a time: opening waits until the previous one is closed, so dispose of it soon.
    /// </summary>
    public DbDataSource Writer { get; }

    internal string ConnectionString { get; }

    internal SemaphoreSlim WriterGate { get; } = new(1, 1);

    internal WriteAheadLog Log => _log ?? throw new InvalidOperationException("The database was opened for reading.");

    /// <summary>Set when nothing more may be written until a restart.</summary>
    internal WriteStop Stop { get; } = new();

    /// <summary>The current time for leases, claims and the ledger, UTC.</summary>
    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>
    /// When the task completes, every commit made before the call survives a power cut. Concurrent calls share a sync. A
    /// database opened for reading makes no commits and has nothing to sync.
    /// </summary>
    /// <exception cref="OutageException">This sync or an earlier one failed; what is stored is unknown until a restart.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) =>
        // With synchronous=NORMAL a commit only appends to the log. A checkpoint syncs the log before it copies pages into
        // the database, and syncs the database before the log is overwritten. A commit is therefore in the synced database
        // or in the log, and syncing the log is enough. A second handle is safe for the log only: SQLite's locks are on the
        // other two files, and closing a handle of those would release them.
        _log is null ? Task.CompletedTask : TranslateAsync(() => _log.SyncAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        Stop.ThrowIfUnknown();
        _reserve.Take();
        await WriteAsync((connection, transaction) => connection.Execute("UPDATE liveness SET writes = writes + 1", transaction: transaction), cancellationToken).ConfigureAwait(false);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// As <see cref="SqliteOutages.Translate"/>. An exception that shows a failed sync or a damaged file also stops all
    /// further writes.
    /// </summary>
    public OutageException? Translate(Exception exception)
    {
        if (SqliteOutages.Find(exception) is { } found)
        {
            if (SqliteOutages.IsDamage(found))
            {
                Stop.Set(SqliteFile.Damaged(_path, found.Message), found);
            }
            else if (SqliteOutages.IsFailedSync(found))
            {
                Stop.Set(WriteAheadLog.SyncFailed($"SQLite could not sync {_path}, its log or its folder ({found.Message})."), found);
            }
        }

        return SqliteOutages.Translate(exception);
    }

    /// <summary>
    /// Voids what the last process left in flight (leases, published marks, unanswered idempotency claims) and makes all
    /// unfinished work due. Call it once at start, before any work begins. Only valid because one process owns the file.
    /// </summary>
    /// <exception cref="OutageException">The database is unavailable.</exception>
    public Task ResetInFlightAsync(CancellationToken cancellationToken = default) =>
        FreeAsync((connection, transaction) => connection.Execute("""
            UPDATE work SET
                last_error = CASE WHEN lease_holder IS NULL THEN last_error END,
                lease_holder = NULL, lease_until = NULL, published_at = NULL, due_at = @now
            WHERE dead_letter = 0;
            DELETE FROM idempotency_keys WHERE answer IS NULL;
            """, new { now = SqliteValue.Of(Now) }, transaction), cancellationToken);

    /// <summary>
    /// Closes the file. Open connections keep it until they are closed. After a failed sync the log is left as it is, because
    /// what is cached of it must not be copied into the database.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _log?.Dispose();
        SqliteConnection.ClearPool(_keeper);
        SqliteFile.SetCheckpointOnClose(_keeper, !Stop.IsSet);
        _keeper.Dispose();
        SqliteConnection.ClearPool(_keeper);
        Writer.Dispose();
    }

    /// <summary>Runs a transaction on the thread pool. Cancels only until it begins.</summary>
    internal Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> work, CancellationToken cancellationToken) =>
        WriteAsync(Writer, work, frees: false, cancellationToken);

    /// <summary>Runs a transaction without a result.</summary>
    internal Task WriteAsync(Action<SqliteConnection, SqliteTransaction> work, CancellationToken cancellationToken) =>
        WriteAsync(Writer, Returning(work), frees: false, cancellationToken);

    /// <summary>Runs a transaction that must succeed on a full disk because it leads to free space.</summary>
    internal Task FreeAsync(Action<SqliteConnection, SqliteTransaction> work, CancellationToken cancellationToken) =>
        WriteAsync(Writer, Returning(work), frees: true, cancellationToken);

    /// <summary>
    /// Undoes a commit that could not be made durable, so that nobody sees it, also when writes have stopped. What is on the
    /// disk shows at the next start.
    /// </summary>
    internal async Task UndoAsync(Action<SqliteConnection, SqliteTransaction> work)
    {
        try
        {
            await using var source = new SqliteWriterDataSource(this, afterStop: true);
            await WriteAsync(source, Returning(work), frees: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OutageException)
        {
            // The caller reports the failure that came first.
        }
    }

    /// <summary>As <see cref="WriteAheadLog.CheckpointWhenLong"/>.</summary>
    internal void CheckpointWhenLong(sqlite3 handle) => _log?.CheckpointWhenLong(handle);

    /// <summary>Reads on the thread pool, concurrently with the writer.</summary>
    internal async Task<T> ReadAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() =>
            {
                using var connection = OpenReader();
                return work(connection);
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(exception) is { } outage)
        {
            throw outage;
        }
    }

    internal SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            Configure(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal void Configure(SqliteConnection connection)
    {
        if (_configured.TryGetValue(connection.Handle!, out _))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = _settings;
        command.ExecuteNonQuery();
        SqliteFile.TakeCheckpoints(connection);
        _configured.AddOrUpdate(connection.Handle!, this);
    }

    private static Func<SqliteConnection, SqliteTransaction, bool> Returning(Action<SqliteConnection, SqliteTransaction> work) =>
        (connection, transaction) =>
        {
            work(connection, transaction);
            return true;
        };

    private static T Transact<T>(SqliteConnection connection, Func<SqliteConnection, SqliteTransaction, T> work)
    {
        using var transaction = connection.BeginTransaction();
        var result = work(connection, transaction);
        transaction.Commit();
        return result;
    }

    private async Task<T> WriteAsync<T>(
        DbDataSource source, Func<SqliteConnection, SqliteTransaction, T> work, bool frees, CancellationToken cancellationToken)
    {
        try
        {
            // Opening yields to the thread pool; what follows stays there.
            await using var connection = (SqliteConnection)await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            T result;
            try
            {
                result = Transact(connection, work);
            }
            catch (SqliteException exception) when (frees && exception.SqliteErrorCode == raw.SQLITE_FULL)
            {
                // Still inside the gate, so that no other writer takes the space. With it a checkpoint can grow the database,
                // and the log is then overwritten from its beginning instead of growing.
                _reserve.Release();
                Log.Checkpoint(connection.Handle!);
                result = Transact(connection, work);
            }

            if (frees && !_reserve.IsHeld)
            {
                // Otherwise the log of many deletions takes the space that a checkpoint needs.
                Log.Checkpoint(connection.Handle!);
            }

            return result;
        }
        catch (Exception exception) when (Translate(exception) is { } outage)
        {
            throw outage;
        }
    }

    private async Task TranslateAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(exception) is { } outage)
        {
            throw outage;
        }
    }

    private sealed class SqliteWriterDataSource(SqliteDatabase database, bool afterStop = false) : DbDataSource
    {
        public override string ConnectionString => database.ConnectionString;

        protected override DbConnection CreateDbConnection() => new SqliteWriterConnection(database, afterStop);
    }
}
