using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Grains.Tests;
using Chitti.Imaging;
using Chitti.Inference;
using Chitti.Storage;
using Chitti.Tests;

namespace Chitti.Cluster.Tests;

/// <summary>No file stays queued, however its work ends.</summary>
[Collection(PipelineGroup.Name)]
public sealed class PipelineEndTests(PipelineEndTests.Shared shared) : IClassFixture<PipelineEndTests.Shared>
{
    private const byte Good = 0, Unreadable = 1, Throws = 2;

    private readonly ClusterHost _cluster = shared.Cluster;

    [Theory]
    [InlineData("inspected", FileStatus.Completed)]
    [InlineData("unreadable image", FileStatus.Failed)]
    [InlineData("three failed attempts", FileStatus.Failed)]
    [InlineData("three deaths", FileStatus.Failed)]
    [InlineData("no such profile", FileStatus.Failed)]
    [InlineData("missing object", FileStatus.Failed)]
    [InlineData("dead letter", FileStatus.Failed)]
    [InlineData("lost message", FileStatus.Completed)]
    [InlineData("deleted", null)]
    public async Task AcceptedFile_EveryWayToEnd_LeavesNoWork(string way, FileStatus? status)
    {
        var id = await BringInAsync(way);

        await Eventually.GetAsync(() => _cluster.CountAsync("SELECT count(*) FROM files WHERE state = 'queued' AND deleted_at IS NULL"), queued => queued == 0);
        Assert.Equal(0, await _cluster.CountAsync("SELECT count(*) FROM work WHERE NOT dead_letter"));
        Assert.Equal(status, (await _cluster.Files.GetAsync(id))?.Status);
    }

    private async Task<Guid> BringInAsync(string way)
    {
        switch (way)
        {
            case "unreadable image":
                return (await Uploads.UploadAsync(_cluster, [Unreadable])).GetPrimaryKey();
            case "three failed attempts":
                return (await Uploads.UploadAsync(_cluster, [Throws])).GetPrimaryKey();
            case "no such profile":
                return (await Uploads.UploadAsync(_cluster, [Good], new ProfileReference("no-such", 1))).GetPrimaryKey();
            case "inspected":
                return (await Uploads.UploadAsync(_cluster, [Good])).GetPrimaryKey();
        }

        var file = await Uploads.StoreAsync(_cluster, [Good]);
        switch (way)
        {
            case "three deaths":
                await _cluster.CountAsync("UPDATE work SET attempts = 3, lease_holder = 'dead', lease_until = now(), due_at = now() RETURNING 1");
                await _cluster.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();
                break;
            case "missing object":
                await _cluster.Objects.DeleteAsync(file.Metadata.ObjectKey);
                await Uploads.PublishAsync(_cluster, file.Id);
                break;
            case "dead letter":
                await _cluster.PublishUnreadableAsync("file-processing-1", file.Id);
                break;
            case "lost message":
                await _cluster.Ledger.MarkPublishedAsync([file.Id]);
                await _cluster.PassAsync(IWorkLedger.MessagePatience);
                await _cluster.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();
                break;
            case "deleted":
                Assert.True(await _cluster.Grains.GetGrain<IFileGrain>(file.Id).DeleteAsync("tester"));
                await Uploads.PublishAsync(_cluster, file.Id);
                break;
        }

        return file.Id;
    }

    /// <summary>One cluster for all cases.</summary>
    public sealed class Shared(PipelineServers servers) : IAsyncLifetime
    {
        internal ClusterHost Cluster { get; private set; } = null!;

        public async Task InitializeAsync() => Cluster = await ClusterHost.StartAsync(servers, new FakeEngine(image => image.Span[0] switch
        {
            Unreadable => new DetectionOutcome { Fault = new(ImageFaultKind.Unreadable, "cut off") },
            Throws => throw new ArithmeticException("the session broke"),
            _ => FakeEngine.Found(),
        }));

        public async Task DisposeAsync() => await Cluster.DisposeAsync();
    }
}
