using Chitti.Domain;
using Chitti.Storage.Tests;
using Chitti.Tests;
using Dapper;
using Npgsql;

namespace Chitti.Cluster.Tests;

/// <summary>The connection is lost while an acceptance commits: the caller gets an outage, and can look up whether the commit succeeded.</summary>
[Collection(PostgresGroup.Name)]
public sealed class PostgresInterruptedCommitTests(PostgresServer server) : IAsyncLifetime
{
    private PostgresTestStorage _storage = null!;
    private NpgsqlConnection _other = null!;

    public async Task InitializeAsync()
    {
        _storage = PostgresTestStorage.Open(await server.CreateMigratedDatabaseAsync());
        _other = await _storage.Source.OpenConnectionAsync();
        await _other.ExecuteAsync("SET synchronous_commit = local");
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task AcceptAsync_ConnectionKilledBeforeTheCommit_NothingIsFound()
    {
        await _other.ExecuteAsync("""
            CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON files DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait();
            SELECT pg_advisory_lock(1);
            """);
        var file = Rows.File();
        var accept = _storage.Files.AcceptAsync([file], null);
        await KillWaitingAsync("advisory");

        var outage = await Assert.ThrowsAsync<OutageException>(() => accept);

        Assert.Equal(Outage.Database, outage.Outage);
        Assert.Empty(await _storage.Files.FindAsync([file.Id]));
        Assert.Null(await _storage.Work.GetAsync(file.Id));
        await _other.ExecuteAsync("SELECT pg_advisory_unlock(1)");
        Assert.True(await _storage.Files.AcceptAsync([file], null));
        Assert.Equal([file.Id], await _storage.Files.FindAsync([file.Id]));
    }

    [Fact]
    public async Task AcceptAsync_ConnectionKilledAfterTheCommit_AllFilesAreFound()
    {
        // The commit is written, then waits for a standby that does not exist, so it is never confirmed.
        await using var settings = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await using var administrator = await settings.OpenConnectionAsync();
        await administrator.ExecuteAsync("SET synchronous_commit = local");
        await administrator.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        await administrator.ExecuteAsync("SELECT pg_reload_conf()");
        var file = Rows.File();
        try
        {
            await Eventually.GetAsync(CommitWaitsAsync, waits => waits);
            var accept = _storage.Files.AcceptAsync([file], null);
            await KillWaitingAsync("SyncRep");

            var outage = await Assert.ThrowsAsync<OutageException>(() => accept);

            Assert.Equal(Outage.Database, outage.Outage);
            Assert.Equal([file.Id], await _storage.Files.FindAsync([file.Id]));
            Assert.NotNull(await _storage.Work.GetAsync(file.Id));
        }
        finally
        {
            await administrator.ExecuteAsync("ALTER SYSTEM RESET synchronous_standby_names");
            await administrator.ExecuteAsync("SELECT pg_reload_conf()");
        }

        // Later commits don't wait for the standby.
        Assert.True(await _storage.Files.AcceptAsync([Rows.File()], null));
    }

    /// <summary>Whether a commit of a new session waits for the standby. Ends that session.</summary>
    private async Task<bool> CommitWaitsAsync()
    {
        await using var connection = await _storage.Source.OpenConnectionAsync();
        var commit = connection.ExecuteAsync("UPDATE liveness SET writes = writes + 1");
        var waits = Eventually.GetAsync(() => CountWaitingAsync("SyncRep"), count => count > 0 || commit.IsCompleted);
        if (await waits == 0)
        {
            await commit;
            return false;
        }

        await KillWaitingAsync("SyncRep");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => commit);
        return true;
    }

    private async Task KillWaitingAsync(string wait)
    {
        await Eventually.GetAsync(() => CountWaitingAsync(wait), count => count == 1);
        await _other.ExecuteAsync(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = @wait", new { wait });
    }

    private Task<long> CountWaitingAsync(string wait) => _other.ExecuteScalarAsync<long>(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = @wait", new { wait });
}
