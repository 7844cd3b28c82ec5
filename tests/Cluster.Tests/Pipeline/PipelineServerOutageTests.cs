using Chitti.Grains;
using Chitti.Grains.Tests;
using Chitti.Storage;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Chitti.Cluster.Tests;

/// <summary>An outage of the database or the broker loses no file and costs no attempt.</summary>
[Collection(PipelineGroup.Name)]
public sealed class PipelineServerOutageTests(PipelineServers servers)
{
    private const int Count = 200;

    private readonly FailurePlan _files = new(), _ledger = new();
    private readonly TaskCompletionSource _serverIsDown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    [Fact]
    public async Task Database_CrashesAndComesBack_AllFilesAreInspectedAndNoneFails()
    {
        await using var cluster = await StartInTheMiddleAsync();

        await servers.Database.KillAsync();
        _serverIsDown.SetResult();
        await servers.Database.StartAsync();
        NpgsqlConnection.ClearAllPools();

        await AssertAllInspectedAsync(cluster);
    }

    [Fact]
    public async Task Broker_StopsAndComesBack_AllFilesAreInspectedAndNoneFails()
    {
        await using var cluster = await StartInTheMiddleAsync();

        await cluster.StopStreamsAsync();
        _serverIsDown.SetResult();
        await cluster.StartStreamsAsync();

        // Work that was not confirmed is due now.
        await cluster.PassAsync(IWorkLedger.PublishPatience);
        await AssertAllInspectedAsync(cluster);
        Assert.Empty(await cluster.ListDeadLettersAsync());
    }

    /// <summary>Half of the files are inspected; the inspections of the next ones end while the server is down.</summary>
    private async Task<ClusterHost> StartInTheMiddleAsync()
    {
        var engine = new FakeEngine(_ =>
        {
            if (Interlocked.Increment(ref _calls) > Count / 2)
            {
                _serverIsDown.Task.Wait();
            }

            return FakeEngine.Found();
        });
        var cluster = await ClusterHost.StartAsync(servers, engine, services =>
        {
            services.AddFailures<IFileStore>(_files);
            services.AddFailures<IWorkLedger>(_ledger);
            services.PostConfigure<WorkOptions>(options => options.LeaseDuration = TimeSpan.FromSeconds(4));
        });
        var ids = new List<Guid>();
        for (var number = 0; number < Count; number++)
        {
            ids.Add((await Uploads.StoreAsync(cluster, [1])).Id);
        }

        await Uploads.PublishAsync(cluster, [.. ids]);
        await Eventually.GetAsync(() => Task.FromResult(engine.Calls.Count), calls => calls >= (Count / 2) + 1);
        return cluster;
    }

    private async Task AssertAllInspectedAsync(ClusterHost cluster)
    {
        await Eventually.GetAsync(() => cluster.CountAsync("SELECT count(*) FROM files WHERE state = 'completed'"), completed => completed == Count);
        Assert.Equal(Count, await cluster.CountAsync("SELECT count(*) FROM inspections"));
        Assert.Equal(0, await cluster.CountAsync("SELECT count(*) FROM work"));
        Assert.Equal((0, 0), (_files.CallsOf(nameof(IFileStore.FailAsync)), _ledger.CallsOf(nameof(IWorkLedger.RecordFailureAsync))));
    }
}
