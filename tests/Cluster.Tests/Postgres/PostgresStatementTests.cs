using Chitti.Domain;
using Chitti.Storage.Tests;
using Dapper;

namespace Chitti.Cluster.Tests;

/// <summary>How many statements the server executes on the success path, counted by the server.</summary>
[Collection(PostgresGroup.Name)]
public sealed class PostgresStatementTests(PostgresServer server) : IAsyncLifetime
{
    private PostgresTestStorage _storage = null!;

    public async Task InitializeAsync()
    {
        _storage = PostgresTestStorage.Open(await server.CreateMigratedDatabaseAsync());
        await using var connection = await _storage.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("CREATE EXTENSION pg_stat_statements");
    }

    public Task DisposeAsync() => _storage.DisposeAsync().AsTask();

    [Fact]
    public async Task OneFile_FromAcceptanceToInspection_TakesThreeStatements()
    {
        var file = Rows.File();

        Assert.Equal(1, await CountAsync(() => _storage.Files.AcceptAsync([file], null)));
        Assert.Equal(1, await CountAsync(() => _storage.Files.BeginAsync(file.Id, "me", TimeSpan.FromMinutes(1))));
        Assert.Equal(1, await CountAsync(() => _storage.Files.CompleteAsync(Rows.Inspection(file.Id, Verdict.Fail, "crack", "pore"))));
        Assert.Equal(FileStatus.Completed, (await _storage.Files.GetAsync(file.Id))!.Status);
    }

    [Fact]
    public async Task AcceptAsync_HundredFilesWithAnAnswer_TakesOneStatement()
    {
        await _storage.Idempotency.ClaimAsync("s", "k", "me", TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        var files = Enumerable.Range(0, 100).Select(_ => Rows.File()).ToList();

        Assert.Equal(1, await CountAsync(() => _storage.Files.AcceptAsync(files, new("s", "k", "me", "print", "answer"))));

        Assert.Equal(100, (await _storage.Files.FindAsync([.. files.Select(file => file.Id)])).Count);
    }

    [Fact]
    public async Task OneReport_FromRequestToDocument_TakesThreeStatements()
    {
        var id = Guid.CreateVersion7();

        Assert.Equal(1, await CountAsync(() => _storage.Reports.AddAsync(id, Rows.Report(id), Rows.Time)));
        Assert.Equal(1, await CountAsync(() => _storage.Reports.BeginAsync(id, "me", TimeSpan.FromMinutes(1))));
        Assert.Equal(1, await CountAsync(() => _storage.Reports.CompleteAsync(id, "reports/1.csv", Rows.Time)));
    }

    [Fact]
    public async Task MarkPublishedAsync_HundredEntries_TakesOneStatement()
    {
        var files = Enumerable.Range(0, 100).Select(_ => Rows.File()).ToList();
        await _storage.Files.AcceptAsync(files, null);

        Assert.Equal(1, await CountAsync(() => _storage.Work.MarkPublishedAsync([.. files.Select(file => file.Id)])));
    }

    /// <summary>Statements that a call runs in this database, including those that begin and end transactions.</summary>
    private async Task<long> CountAsync(Func<Task> call)
    {
        await using var connection = await _storage.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("SELECT pg_stat_statements_reset()");
        await call();
        return await connection.ExecuteScalarAsync<long>("""
            SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements_reset%'
            """);
    }
}
