using System.Diagnostics;
using Chitti.Domain;
using Chitti.Grains.Tests;
using Dapper;

namespace Chitti.Cluster.Tests;

[Collection(PipelineGroup.Name)]
public sealed class PipelineStatementTests(PipelineServers servers)
{
    private const int Count = 20;

    // No publication is recorded sooner.
    private static readonly TimeSpan _recordedAfter = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Inspect_NothingGoesWrong_WritesThreeTimesPerFile()
    {
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding());
        await using var connection = await cluster.OpenDatabaseAsync();
        await connection.ExecuteAsync("CREATE EXTENSION pg_stat_statements");

        var late = 0;
        for (byte number = 0; number < Count; number++)
        {
            var uploaded = Stopwatch.StartNew();
            var file = await Uploads.UploadAsync(cluster, [number]);
            Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(cluster, file.GetPrimaryKey())).Status);
            late += uploaded.Elapsed < _recordedAfter ? 0 : 1;
        }

        // Includes statements that run some seconds later.
        await Task.WhenAll(cluster.Silos.ToList().Select(cluster.StopAsync));
        var writes = (await connection.QueryAsync<(string Text, long Calls, long Rows)>("""
            SELECT query, calls, rows FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND query ~ '(INSERT|UPDATE|DELETE)' AND query ~ '\m(files|work|inspections)\M'
            """)).ToList();

        var perFile = writes.Where(write => !write.Text.Contains("published_at = now()", StringComparison.Ordinal)).ToList();
        Assert.Equal([Count, Count, Count], perFile.Select(write => (int)write.Calls));

        // A silo that does not know that the work has begun elsewhere records its publication, many in one statement; by then the
        // entry is gone, unless the machine was so slow that the work had not begun.
        Assert.InRange(writes.Except(perFile).Sum(note => note.Rows), 0, late);
    }
}
