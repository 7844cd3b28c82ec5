using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// One SQLite file: write-ahead log, one writer at a time, readers beside it.
/// A commit survives a killed process; with <see cref="FlushAsync"/> after it, a power cut.
/// </summary>
public sealed class SqliteDatabase : IDisposable
{
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
        _sync = new SharedSync(() => RandomAccess.FlushToDisk(_wal));
    }

    /// <summary>
    /// Connections of the one writer, for Orleans (<c>AdoNetGrainStorageOptions.DataSource</c>) and for own writes.
    /// Opening waits for the writer before; dispose soon.
    /// </summary>
    public DbDataSource Writer { get; }

    internal string ConnectionString { get; }

    internal SemaphoreSlim WriterGate { get; } = new(1, 1);

    /// <summary>When the task ends, every commit that ended before the call survives a power cut. Calls at the same time share one sync.</summary>
    /// <exception cref="IOException">The sync failed, or one did before: what is stored is unknown until a restart.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) =>
        // With synchronous=NORMAL a commit only appends to the log. A checkpoint syncs the log before it copies a page
        // into the database, and syncs the database before the log is used again from its beginning. So that a commit is
        // in the synced database or in the log, and syncing the log is enough. SQLite takes its locks on the other two
        // files; closing a second handle of those would drop them, of this one does no harm.
        _sync.RunAsync(cancellationToken);

    /// <summary>Throws when the database cannot be read and written.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        _sync.ThrowIfFailed();
        await using var connection = await Writer.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE liveness SET writes = writes + 1 RETURNING writes;";
        await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Closes the file. Connections still open keep it until they are closed.</summary>
    public void Dispose()
    {
        _wal.Dispose();
        SqliteConnection.ClearPool(_keeper);
        _keeper.Dispose();
        SqliteConnection.ClearPool(_keeper);
        Writer.Dispose();
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

    private sealed class SqliteWriterDataSource(SqliteDatabase database) : DbDataSource
    {
        public override string ConnectionString => database.ConnectionString;

        protected override DbConnection CreateDbConnection() => new SqliteWriterConnection(database);
    }
}
