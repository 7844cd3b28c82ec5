using Chitti.Storage;
using Npgsql;

namespace Chitti.Cluster.Tests;

[Collection(PostgresGroup.Name)]
public sealed class PostgresFileQueryTests(PostgresServer server)
{
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
    public async Task ListText_EveryFilter_UsesItsIndexWithoutSorting(string index, FileQuery query)
    {
        var plan = await ExplainAsync(FileListSql.ListText(query, "JOIN")
            .Replace("@State", "'queued'", StringComparison.Ordinal).Replace("@Verdict", "'fail'", StringComparison.Ordinal)
            .Replace("@PartId", "'part 1'", StringComparison.Ordinal).Replace("@BatchId", "'batch 1'", StringComparison.Ordinal)
            .Replace("@Limit", "50", StringComparison.Ordinal));

        Assert.Contains(plan, line => line.Contains($"Index Scan Backward using {index}", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Sort", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListDue_LongBacklog_ReadsTheIndexOnlyUpToTheLimit()
    {
        var plan = await ExplainAsync(WorkColumns.ListDue("NOT dead_letter", "now()", "now() + interval '7 h'")
            .Replace("@kind", "'file'", StringComparison.Ordinal).Replace("@limit", "50", StringComparison.Ordinal));

        // The only sort is that of the two limited index scans combined.
        Assert.Equal(2, plan.Count(line => line.Contains("using work_due", StringComparison.Ordinal)));
        Assert.Single(plan, line => line.TrimStart(' ', '-', '>').StartsWith("Sort  ", StringComparison.Ordinal));
    }

    private async Task<List<string>> ExplainAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(await server.CreateMigratedDatabaseAsync());
        await using var connection = await source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        // Without this, small tables are read sequentially.
        command.CommandText = "SET enable_seqscan = off; SET enable_bitmapscan = off; EXPLAIN " + sql;
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        return plan;
    }
}
