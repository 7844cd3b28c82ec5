using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Grains.Tests;
using Chitti.Storage;
using Chitti.Tests;
using Dapper;
using Orleans.Core.Internal;

namespace Chitti.Cluster.Tests;

/// <summary>Unreadable grain state is a failure of the files that need it; an unavailable database is an outage.</summary>
[Collection(PipelineGroup.Name)]
public sealed class PipelineStateTests(PipelineServers servers)
{
    private const string State = "orleansstorage";

    [Fact]
    public async Task Process_ProfileStateCannotBeRead_FailsItsFilesAndThePartitionContinues()
    {
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding());
        await cluster.AddProfileAsync("odd");
        await ExecuteAsync(cluster, $"UPDATE {State} SET payloadbinary = 'no JSON' WHERE grainidextensionstring = 'odd'");
        await cluster.Grains.GetGrain<IProfileGrain>("odd").AsReference<IGrainManagementExtension>().DeactivateOnIdle();

        var odd = await Uploads.UploadAsync(cluster, [1], new ProfileReference("odd", 1), partition: 1);
        var next = await Uploads.UploadAsync(cluster, [2], partition: 1);

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(next)).Status);
        var ended = await Uploads.WaitForRowAsync(cluster, odd.GetPrimaryKey());
        Assert.Equal(FileStatus.Failed, ended.Status);
        Assert.Contains("3 attempts failed", ended.Error, StringComparison.Ordinal);
        Assert.Empty(await cluster.ListDeadLettersAsync());
    }

    [Fact]
    public async Task Process_StateStorageIsDown_WaitsAndCostsNoAttempt()
    {
        var plan = new FailurePlan();
        var engine = FakeEngine.Finding();
        await using var cluster = await ClusterHost.StartAsync(servers, engine, services => services.AddFailures<IWorkLedger>(plan));

        // The server responds as it does while it is starting.
        await ExecuteAsync(cluster, $"""
            CREATE FUNCTION starting() RETURNS SETOF {State} LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'the database system is starting up' USING ERRCODE = '57P03'; END $$;
            ALTER TABLE {State} RENAME TO kept;
            CREATE VIEW {State} AS SELECT * FROM starting()
            """);
        await cluster.Grains.GetGrain<IProfileGrain>("pcb-defects").AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        var files = new List<IFileGrain>();
        for (byte partition = 0; partition < ClusterHost.Partitions; partition++)
        {
            files.Add(await Uploads.UploadAsync(cluster, [partition], partition: partition));
        }

        // On both silos, at least one of which does not host the profile's grain.
        await Eventually.GetAsync(() => Task.FromResult(plan.CallsOf(nameof(IWorkLedger.RecordOutageAsync))), calls => calls >= 4 * ClusterHost.Partitions);
        Assert.Empty(engine.Calls);
        await ExecuteAsync(cluster, $"DROP VIEW {State}; ALTER TABLE kept RENAME TO {State}");

        foreach (var file in files)
        {
            Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(file)).Status);
        }

        Assert.Equal(0, plan.CallsOf(nameof(IWorkLedger.RecordFailureAsync)));
    }

    [Fact]
    public async Task PutBack_OnePartitionLostEvents_PublishesThatPartitionsFilesOnly()
    {
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding());
        var lost = (await Uploads.StoreAsync(cluster, [1], partition: 1)).Id;
        var other = (await Uploads.StoreAsync(cluster, [2], partition: 2)).Id;
        await cluster.Ledger.MarkPublishedAsync([lost, other]);

        await cluster.Ledger.PutBackAsync(WorkKind.File, partition: 1, ClusterHost.Partitions);
        await cluster.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(cluster, lost)).Status);
        Assert.Equal(FileStatus.Queued, (await cluster.Files.GetAsync(other))!.Status);
        Assert.NotNull((await cluster.Ledger.GetAsync(other))!.PublishedAt);
    }

    private static async Task ExecuteAsync(ClusterHost cluster, string sql)
    {
        await using var connection = await cluster.OpenDatabaseAsync();
        await connection.ExecuteAsync(sql);
    }
}
