using Chitti.Grains.Tests.Storage;
using Chitti.Storage;
using Chitti.Storage.Postgres;
using Chitti.Storage.Postgres.Migrations;
using Npgsql;

namespace Chitti.Cluster.Tests;

[Collection(PostgresGroup.Name)]
public sealed class PostgresCatalogTests(PostgresServer server) : CatalogTests, IAsyncLifetime
{
    private NpgsqlDataSource _source = null!;
    private PostgresCatalog _catalog = null!;

    private protected override ICatalog Catalog => _catalog;

    public async Task InitializeAsync()
    {
        var connectionString = await server.CreateDatabaseAsync();
        PostgresMigrations.Upgrade(connectionString, TimeSpan.FromMinutes(1));
        _source = NpgsqlDataSource.Create(connectionString);
        _catalog = new PostgresCatalog(_source);
    }

    public Task DisposeAsync() => _source.DisposeAsync().AsTask();

    public static TheoryData<string, FileQuery> Queries => new()
    {
        { "files_pkey", new() },
        { "files_state", new() { State = "queued" } },
        { "files_verdict", new() { Verdict = "fail" } },
        { "files_part", new() { PartId = "part 1" } },
        { "files_batch", new() { BatchId = "batch 1" } },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task ListText_EveryFilter_WalksItsIndexWithoutSorting(string index, FileQuery query)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        // Small tables are read whole whatever there is to walk.
        command.CommandText = "SET enable_seqscan = off; SET enable_bitmapscan = off; EXPLAIN " + FileListSql.ListText(query, "JOIN")
            .Replace("@State", "'queued'", StringComparison.Ordinal).Replace("@Verdict", "'fail'", StringComparison.Ordinal)
            .Replace("@PartId", "'part 1'", StringComparison.Ordinal).Replace("@BatchId", "'batch 1'", StringComparison.Ordinal)
            .Replace("@Limit", "50", StringComparison.Ordinal);
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        Assert.Contains(plan, line => line.Contains($"Index Scan Backward using {index}", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Sort", StringComparison.Ordinal));
    }
}
