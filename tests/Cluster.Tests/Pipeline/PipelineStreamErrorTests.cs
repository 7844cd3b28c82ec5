using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Grains.Tests;
using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Chitti.Cluster.Tests;

[Collection(PipelineGroup.Name)]
public sealed class PipelineStreamErrorTests(PipelineServers servers)
{
    private const byte Broken = 1;
    private const int WaitingPerPartition = 3;

    [Fact]
    public async Task StreamError_InOnePartition_PutsOnlyItsWorkBack()
    {
        var plan = new FailurePlan();
        var engine = FakeEngine.Finding();
        await using var cluster = await ClusterHost.StartAsync(servers, engine, services =>
        {
            services.AddFailures<IFileStore>(plan);
            services.PostConfigureAll<StreamPullingAgentOptions>(pulling => pulling.MaxEventDeliveryTime = TimeSpan.FromSeconds(1));
        });

        // Published according to the ledger, but their messages are lost.
        var waiting = new List<(Guid Id, int Partition)>();
        for (var number = 0; number < WaitingPerPartition * ClusterHost.Partitions; number++)
        {
            waiting.Add(((await Uploads.StoreAsync(cluster, [1], partition: (byte)number)).Id, number % ClusterHost.Partitions));
        }

        await cluster.Ledger.MarkPublishedAsync([.. waiting.Select(file => file.Id)]);

        // Orleans gives up on delivering one file and tells the consumer of its partition.
        var held = await Uploads.StoreAsync(cluster, [1], partition: Broken);
        plan.FailFor(nameof(IFileStore.BeginAsync), held.Id, new OutageException(Outage.Database, "The test says no."));
        await Uploads.PublishAsync(cluster, held.Id);

        foreach (var (id, _) in waiting.Where(file => file.Partition == Broken))
        {
            Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(cluster, id)).Status);
        }

        plan.Mend(nameof(IFileStore.BeginAsync));
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(cluster, held.Id)).Status);
        Assert.Equal(0, await cluster.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());
        foreach (var (id, _) in waiting.Where(file => file.Partition != Broken))
        {
            var entry = await cluster.Ledger.GetAsync(id);
            Assert.NotNull(entry?.PublishedAt);
            Assert.Equal(0, entry.Attempts);
        }

        Assert.Equal(WaitingPerPartition + 1, engine.Calls.Count);
    }
}
