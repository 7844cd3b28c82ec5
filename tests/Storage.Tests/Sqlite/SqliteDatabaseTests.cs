using Chitti.Domain;
using Chitti.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Tests;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private SqliteOptions Options => new() { Path = _folder["data/chitti.db"], BusyTimeout = TimeSpan.FromMilliseconds(100) };

    [Fact]
    public void Upgrade_NewThenAgain_RunsEachScriptOnce()
    {
        Assert.Equal(["0001-grain-state.sql", "0002-catalog.sql", "0003-ledger.sql", "0004-grain-states", "0005-pairing.sql", "0006-deletions.sql"], SqliteMigrations.Upgrade(Options));
        Assert.Empty(SqliteMigrations.Upgrade(Options));
    }

    [Fact]
    public void Constructor_SchemaNewerThanTheProgram_FailsNamingIt()
    {
        using (var database = new SqliteDatabase(Options))
        using (var connection = database.OpenReader())
        {
            connection.Execute("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('Chitti.Storage.Migrations.Sqlite.9999-future.sql', '2030-01-01')");
        }

        var failure = Assert.Throws<InvalidOperationException>(() => new SqliteDatabase(Options));

        Assert.Contains("9999-future", failure.Message);
    }

    [Fact]
    public void Constructor_AfterDispose_FindsWhatWasWritten()
    {
        using (var database = new SqliteDatabase(Options))
        using (var connection = database.Writer.OpenConnection())
        {
            connection.Execute("INSERT INTO profiles VALUES ('p', 1, '{}', 0)");
        }

        Assert.False(File.Exists(Options.Path + "-wal"));
        using var again = new SqliteDatabase(Options);
        using var reader = again.OpenReader();
        Assert.Equal(1, reader.ExecuteScalar<long>("SELECT count(*) FROM profiles"));
    }

    [Fact]
    public async Task Constructor_ReadOnly_ReadsBesideItsOwnerAndChangesNothing()
    {
        using var owner = new SqliteDatabase(Options);
        var file = Rows.File();
        await new SqliteFileStore(owner).AcceptAsync([file], null);

        using var reader = new SqliteDatabase(Options with { ReadOnly = true });

        Assert.Equal(file.Id, (await new SqliteFileStore(reader).GetAsync(file.Id))!.Id);
        var outage = await Assert.ThrowsAsync<OutageException>(() => new SqliteFileStore(reader).DeleteAsync(file.Id, "tester"));
        Assert.Equal(Outage.StorageReadOnly, outage.Outage);
    }

    [Fact]
    public void Constructor_ReadOnlyAndOlderSchema_FailsAndMigratesNothing()
    {
        using (var database = new SqliteDatabase(Options))
        using (var connection = database.Writer.OpenConnection())
        {
            connection.Execute("DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0005%'");
        }

        var before = File.ReadAllBytes(Options.Path);

        var failure = Assert.Throws<InvalidOperationException>(() => new SqliteDatabase(Options with { ReadOnly = true }));

        Assert.Contains("0005-pairing", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Options.Path));
    }

    [Fact]
    public void Constructor_ReadOnlyAndNoFile_MakesNone()
    {
        Assert.Throws<SqliteException>(() => new SqliteDatabase(Options with { ReadOnly = true }));

        Assert.False(File.Exists(Options.Path));
    }

    [Fact]
    public async Task Writer_OpenedTwice_ThrowsAndOtherWritersGoOn()
    {
        using var database = new SqliteDatabase(Options);
        await using (var connection = await database.Writer.OpenConnectionAsync())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => connection.OpenAsync());
            Assert.Throws<InvalidOperationException>(connection.Open);
        }

        await using var next = await database.Writer.OpenConnectionAsync();
        Assert.Equal(1, await next.ExecuteScalarAsync<long>("SELECT 1"));
    }

    [Fact]
    public async Task Connections_NewAndPooled_HaveTheSameSettings()
    {
        using var database = new SqliteDatabase(Options);
        for (var turn = 0; turn < 2; turn++)
        {
            await using var writer = await database.Writer.OpenConnectionAsync();
            using var reader = database.OpenReader();
            foreach (var connection in new[] { writer, reader })
            {
                Assert.Equal(1, await connection.ExecuteScalarAsync<long>("PRAGMA foreign_keys"));
                Assert.Equal(100, await connection.ExecuteScalarAsync<long>("PRAGMA busy_timeout"));
                Assert.Equal(1, await connection.ExecuteScalarAsync<long>("PRAGMA synchronous"));
                Assert.Equal(64 << 20, await connection.ExecuteScalarAsync<long>("PRAGMA journal_size_limit"));
            }
        }
    }

    [Fact]
    public async Task Writer_TransactionLeftOpen_IsRolledBackAndTheNextWriterWorks()
    {
        using var database = new SqliteDatabase(Options);
        await using (var careless = await database.Writer.OpenConnectionAsync())
        {
            await careless.ExecuteAsync("BEGIN IMMEDIATE; INSERT INTO profiles VALUES ('p', 1, '{}', 0);");
        }

        await using var next = await database.Writer.OpenConnectionAsync();
        await next.ExecuteAsync("INSERT INTO profiles VALUES ('q', 1, '{}', 0)");

        Assert.Equal("q", await next.ExecuteScalarAsync<string>("SELECT group_concat(id) FROM profiles"));
    }

    [Fact]
    public async Task Writer_WhileOneIsOpen_TheNextWaits()
    {
        using var database = new SqliteDatabase(Options);
        var first = await database.Writer.OpenConnectionAsync();
        var second = database.Writer.OpenConnectionAsync().AsTask();
        using var cancelled = new CancellationTokenSource();
        var impatient = database.Writer.OpenConnectionAsync(cancelled.Token).AsTask();

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await (await second).DisposeAsync();

        await database.CheckAsync();
    }

    [Fact]
    public async Task Writer_OpeningFails_TheNextWriterWorks()
    {
        using var database = new SqliteDatabase(Options);
        Directory.Move(_folder["data"], _folder["away"]);
        await Assert.ThrowsAsync<SqliteException>(async () => await database.Writer.OpenConnectionAsync());
        Directory.Move(_folder["away"], _folder["data"]);

        await database.CheckAsync();
    }

    [Fact]
    public async Task Writer_AnotherProcessHoldsTheFile_ThrowsAndRecovers()
    {
        using var database = new SqliteDatabase(Options);
        using (var other = new SqliteConnection($"Data Source={Options.Path};Pooling=false"))
        {
            other.Open();
            other.Execute("BEGIN IMMEDIATE");
            await using var connection = await database.Writer.OpenConnectionAsync();
            var failure = Assert.Throws<SqliteException>(() => connection.Execute("UPDATE liveness SET writes = 0"));
            Assert.Equal(5, failure.SqliteErrorCode);
            Assert.Equal(Outage.Database, SqliteOutages.Translate(failure)!.Outage);
        }

        await database.CheckAsync();
    }
}
