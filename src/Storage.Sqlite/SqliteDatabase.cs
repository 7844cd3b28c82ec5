using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// One SQLite file with a write-ahead log: one writer at a time, and concurrent readers. A commit survives a crash of the
/// process, and after <see cref="FlushAsync"/> a power cut.
/// </summary>
public sealed class SqliteDatabase : IDatabaseProbe, IDisposable
{
    private readonly TimeProvider _time;
    private readonly string _settings;

    // Pooled handles keep their settings, so each is configured only once.
    private readonly ConditionalWeakTable<sqlite3, object> _configured = [];
    private readonly SqliteConnection _keeper;
    private readonly SafeFileHandle? _wal;
    private readonly SharedSync _sync;

    /// <summary>Opens the file, creates it if needed, and migrates its schema. Blocks.</summary>
    /// <exception cref="InvalidOperationException">The schema is newer than this program, or a migration failed.</exception>
    /// <exception cref="SqliteException">The file can't be used.</exception>
    /// <exception cref="IOException">The folder can't be created, or the log or a name can't be synced.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to write the folder or the log.</exception>
    public SqliteDatabase(SqliteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _time = options.Time;
        if (options.ReadOnly)
        {
            SqliteMigrations.Check(options);
        }
        else
        {
            SqliteMigrations.Upgrade(options);
        }

        var path = Path.GetFullPath(options.Path);
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = options.BusyTimeoutSeconds,
            Mode = options.ReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
        }.ConnectionString;
        // A checkpoint every 16 MiB instead of every 4 MiB, because each costs two syncs while the writer waits.
        _settings = $"""
            PRAGMA foreign_keys=ON;
            PRAGMA busy_timeout={(long)options.BusyTimeout.TotalMilliseconds};
            PRAGMA synchronous=NORMAL;
            PRAGMA wal_autocheckpoint=4000;
            PRAGMA journal_size_limit=67108864;
            """;
        Writer = new SqliteWriterDataSource(this);
        _keeper = OpenReader();
        _sync = new SharedSync(() => options.Sync(_wal ?? throw new InvalidOperationException("The database was opened for reading.")));
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
            _wal = File.OpenHandle(path + "-wal", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(_wal);
            DirectorySync.Flush(Path.GetDirectoryName(path)!);
        }
        catch
        {
            _wal?.Dispose();
            _keeper.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Connections for writing, for Orleans (<c>AdoNetGrainStorageOptions.DataSource</c>) and for the stores. Only one is open at
    /// a time: opening waits until the previous one is closed, so dispose of it soon.
    /// </summary>
    public DbDataSource Writer { get; }

    internal string ConnectionString { get; }

    internal SemaphoreSlim WriterGate { get; } = new(1, 1);

    /// <summary>The current time for leases, claims and the ledger, UTC.</summary>
    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>When the task completes, every commit made before the call survives a power cut. Concurrent calls share a sync.</summary>
    /// <exception cref="Domain.OutageException">This sync or an earlier one failed; what is stored is unknown until a restart.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) =>
        // With synchronous=NORMAL a commit only appends to the log. A checkpoint syncs the log before it copies pages into
        // the database, and syncs the database before the log is overwritten. A commit is therefore in the synced database
        // or in the log, and syncing the log is enough. A second handle is safe for the log only: SQLite's locks are on the
        // other two files, and closing a handle of those would release them.
        TranslateAsync(() => _sync.RunAsync(cancellationToken));

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken = default) => TranslateAsync(async () =>
    {
        _sync.ThrowIfFailed();
        await using var connection = await Writer.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE liveness SET writes = writes + 1 RETURNING writes;";
        await command.ExecuteScalarAsync(cancellationToken);
    });

    /// <summary>
    /// Voids what the last process left in flight (leases, published marks, unanswered idempotency claims) and makes all
    /// unfinished work due. Call it once at start, before any work begins. Only valid because one process owns the file.
    /// </summary>
    /// <exception cref="Domain.OutageException">The database is unavailable.</exception>
    public Task ResetInFlightAsync(CancellationToken cancellationToken = default) =>
        WriteAsync((connection, transaction) => connection.Execute("""
            UPDATE work SET
                last_error = CASE WHEN lease_holder IS NULL THEN last_error END,
                lease_holder = NULL, lease_until = NULL, published_at = NULL, due_at = @now
            WHERE dead_letter = 0;
            DELETE FROM idempotency_keys WHERE answer IS NULL;
            """, new { now = SqliteValue.Of(Now) }, transaction), cancellationToken);

    /// <summary>Closes the file. Open connections keep it until they are closed.</summary>
    public void Dispose()
    {
        _wal?.Dispose();
        SqliteConnection.ClearPool(_keeper);
        _keeper.Dispose();
        SqliteConnection.ClearPool(_keeper);
        Writer.Dispose();
    }

    /// <summary>Runs a transaction on the thread pool. Cancels only until it begins.</summary>
    internal async Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        try
        {
            // Opening switches to the thread pool, and the rest stays there.
            await using var connection = (SqliteConnection)await Writer.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            using var transaction = connection.BeginTransaction();
            var result = work(connection, transaction);
            transaction.Commit();
            return result;
        }
        catch (Exception exception) when (SqliteOutages.Translate(exception) is { } outage)
        {
            throw outage;
        }
    }

    /// <summary>Runs a transaction without a result.</summary>
    internal async Task WriteAsync(Action<SqliteConnection, SqliteTransaction> work, CancellationToken cancellationToken) =>
        await WriteAsync((connection, transaction) =>
        {
            work(connection, transaction);
            return true;
        }, cancellationToken).ConfigureAwait(false);

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
        catch (Exception exception) when (SqliteOutages.Translate(exception) is { } outage)
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
        _configured.AddOrUpdate(connection.Handle!, this);
    }

    private static async Task TranslateAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (SqliteOutages.Translate(exception) is { } outage)
        {
            throw outage;
        }
    }

    private sealed class SqliteWriterDataSource(SqliteDatabase database) : DbDataSource
    {
        public override string ConnectionString => database.ConnectionString;

        protected override DbConnection CreateDbConnection() => new SqliteWriterConnection(database);
    }
}
