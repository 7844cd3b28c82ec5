using Chitti.Domain;
using Chitti.Grains;
using Chitti.Grains.Abstractions;
using Chitti.Grains.Tests;
using Chitti.Storage;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Cluster.Tests;

/// <summary>One file, two silos: which one works on it, and which one takes over after a crash.</summary>
[Collection(PipelineGroup.Name)]
public sealed class PipelineLeaseTests(PipelineServers servers)
{
    [Fact]
    public async Task Begin_AnotherSiloHoldsTheLease_GivesNone()
    {
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding());
        var id = (await Uploads.StoreAsync(cluster, [1])).Id;
        Assert.Equal(BeginOutcome.Leased, (await cluster.Files.BeginAsync(id, "an activation on a silo that hangs", TimeSpan.FromMinutes(1))).Outcome);

        foreach (var silo in cluster.Silos)
        {
            Assert.Null(await silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IFileGrain>(id).BeginAsync());
        }

        Assert.Equal(1, (await cluster.Ledger.GetAsync(id))!.Attempts);
        await cluster.PassAsync(TimeSpan.FromMinutes(1));
        Assert.NotNull(await cluster.Grains.GetGrain<IFileGrain>(id).BeginAsync());
    }

    [Fact]
    public async Task Deliver_TwiceAndTheSiloCrashes_InspectsAgainAndCompletesOnce()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = new FakeEngine(_ => FakeEngine.Found()) { Gate = gate.Task };
        await using var cluster = await ClusterHost.StartAsync(
            servers, engine, services => services.PostConfigure<WorkOptions>(options => options.LeaseDuration = TimeSpan.FromSeconds(3)));
        var id = (await Uploads.UploadAsync(cluster, [1], partition: 1)).GetPrimaryKey();
        await Eventually.GetAsync(() => Task.FromResult(engine.Calls.Count), count => count == 1);
        await Uploads.PublishAsync(cluster, id);
        var first = (await cluster.Ledger.GetAsync(id))!;
        Assert.Equal(1, first.Attempts);

        await cluster.KillAsync(await cluster.FindSiloOfAsync(cluster.Grains.GetGrain<IFileProcessorGrain>(1)));

        var second = await Eventually.GetAsync(
            async () =>
            {
                await cluster.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();
                return await cluster.Ledger.GetAsync(id);
            },
            entry => entry is { LeaseHolder: { } holder } && holder != first.LeaseHolder);
        Assert.InRange(second!.Attempts, 1, 2);
        gate.SetResult();
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(cluster, id)).Status);
        Assert.Equal(1, await cluster.CountAsync("SELECT count(*) FROM inspections"));
        Assert.Equal(0, await cluster.CountAsync("SELECT count(*) FROM work"));
        Assert.Empty(await cluster.ListDeadLettersAsync());
    }

    [Fact]
    public async Task Stop_SiloOfTheWorker_OtherSiloCompletesTheFile()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = new FakeEngine(_ => FakeEngine.Found()) { Gate = gate.Task };
        await using var cluster = await ClusterHost.StartAsync(
            servers, engine, services => services.PostConfigure<WorkOptions>(options => options.LeaseDuration = TimeSpan.FromSeconds(3)));
        var ids = new List<Guid>();
        for (byte number = 0; number < 8; number++)
        {
            ids.Add((await Uploads.UploadAsync(cluster, [number], partition: number)).GetPrimaryKey());
        }

        await Eventually.GetAsync(() => Task.FromResult(engine.Calls.Count), count => count >= ClusterHost.Partitions);
        var stopping = cluster.StopAsync(cluster.Silos[^1]);
        gate.SetResult();
        await stopping;

        foreach (var id in ids)
        {
            Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(cluster, id)).Status);
        }
    }
}
