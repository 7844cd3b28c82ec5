using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// One SQLite file: write-ahead log, one writer at a time, readers beside it.
/// A commit survives a killed process; with <see cref="FlushAsync"/> after it, a power cut.
/// </summary>
public sealed class SqliteDatabase : IDatabaseProbe, IDisposable
{
    private readonly TimeProvider _time;
    private readonly string _settings;

    // Pooled handles keep what they were told, and are opened several times for each file.
    private readonly ConditionalWeakTable<sqlite3, object> _configured = [];
    private readonly SqliteConnection _keeper;
    private readonly SafeFileHandle _wal;
    private readonly SharedSync _sync;

    /// <summary>Opens the file, making it if needed, and brings its schema up to date. Blocks.</summary>
    /// <exception cref="InvalidOperationException">The schema is newer than this program, or a migration failed.</exception>
    /// <exception cref="SqliteException">The file cannot be used.</exception>
    /// <exception cref="IOException">The folder can't be made, or the log or a name can't be synced.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the log may not be written to.</exception>
    public SqliteDatabase(SqliteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _time = options.Time;
        SqliteMigrations.Upgrade(options);
        var path = Path.GetFullPath(options.Path);
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = options.BusyTimeoutSeconds,
        }.ConnectionString;
        // A checkpoint every 16 MiB instead of every 4: each costs two syncs inside the writer gate.
        _settings = $"""
            PRAGMA foreign_keys=ON;
            PRAGMA busy_timeout={(long)options.BusyTimeout.TotalMilliseconds};
            PRAGMA synchronous=NORMAL;
            PRAGMA wal_autocheckpoint=4000;
            PRAGMA journal_size_limit=67108864;
            """;
        Writer = new SqliteWriterDataSource(this);
        _keeper = OpenReader();
        try
        {
            // The write makes SQLite create the log; the keeper, open until the end, keeps it from being removed.
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
        _sync = new SharedSync(() => options.Sync(_wal));
    }

    /// <summary>
    /// Connections of the one writer, for Orleans (<c>AdoNetGrainStorageOptions.DataSource</c>) and for own writes.
    /// Opening waits for the writer before; dispose soon.
    /// </summary>
    public DbDataSource Writer { get; }

    internal string ConnectionString { get; }

    internal SemaphoreSlim WriterGate { get; } = new(1, 1);

    /// <summary>The time that leases, claims and the ledger go by, UTC.</summary>
    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>When the task ends, every commit that ended before the call survives a power cut. Calls at the same time share one sync.</summary>
    /// <exception cref="Domain.OutageException">The sync failed, or one did before: what is stored is unknown until a restart.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) =>
        // With synchronous=NORMAL a commit only appends to the log. A checkpoint syncs the log before it copies a page
        // into the database, and syncs the database before the log is used again from its beginning. So that a commit is
        // in the synced database or in the log, and syncing the log is enough. SQLite takes its locks on the other two
        // files; closing a second handle of those would drop them, of this one does no harm.
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
    /// Voids what a dead process left: leases, confirmations by the broker, unanswered idempotency claims. All unfinished
    /// work becomes due. To be called once at the start, before any work is begun: one process owns the file.
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

    /// <summary>Closes the file. Connections still open keep it until they are closed.</summary>
    public void Dispose()
    {
        _wal.Dispose();
        SqliteConnection.ClearPool(_keeper);
        _keeper.Dispose();
        SqliteConnection.ClearPool(_keeper);
        Writer.Dispose();
    }

    /// <summary>Runs a transaction on the thread pool. Once begun it is not cancelled.</summary>
    internal async Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        try
        {
            // Opening yields to the thread pool; what follows stays there.
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

    /// <summary>The same, for a transaction that has nothing to give.</summary>
    internal async Task WriteAsync(Action<SqliteConnection, SqliteTransaction> work, CancellationToken cancellationToken) =>
        await WriteAsync((connection, transaction) =>
        {
            work(connection, transaction);
            return true;
        }, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads on the thread pool, beside the writer.</summary>
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
