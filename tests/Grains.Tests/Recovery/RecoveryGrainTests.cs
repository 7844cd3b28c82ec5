using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Chitti.Storage;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

public abstract class RecoveryGrainTests
{
    [Fact]
    public async Task Recover_FileWithinThePublishPatience_IsLeftToTheOutbox()
    {
        await using var silo = await StartAsync(FakeEngine.Finding());
        var row = await Uploads.StoreAsync(silo, [1]);

        Assert.Equal(0, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());

        await silo.PassAsync(IWorkLedger.PublishPatience);
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(silo, row.Id)).Status);
    }

    [Fact]
    public async Task Recover_ClockWasSetBack_PublishesWhatWasAcceptedBefore()
    {
        await using var silo = await StartAsync(FakeEngine.Finding());
        var row = await Uploads.StoreAsync(silo, [1]);
        await silo.PassAsync(TimeSpan.FromDays(-1));

        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(silo, row.Id)).Status);
    }

    [Fact]
    public async Task Recover_PublishedOrLeasedFile_IsNotPublishedAgain()
    {
        var never = new TaskCompletionSource();
        var engine = new FakeEngine(_ => DetectionOutcome.Busy) { Gate = never.Task };
        await using var silo = await StartAsync(engine);
        var leased = await Uploads.UploadAsync(silo, [1], partition: 1);
        await Eventually.GetAsync(() => silo.Ledger.GetAsync(leased.GetPrimaryKey()), entry => entry!.LeaseHolder is not null);
        var waiting = await Uploads.UploadAsync(silo, [2], partition: 1);
        await silo.Ledger.MarkPublishedAsync([waiting.GetPrimaryKey()]);
        await silo.PassAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(0, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());

        await silo.KillAsync();
    }

    [Fact]
    public async Task Recover_LeaseOfACrashedWorker_IsTakenUpAgain()
    {
        await using var silo = await StartAsync(FakeEngine.Finding());
        var id = (await Uploads.StoreAsync(silo, [1])).Id;
        Assert.Equal(BeginOutcome.Leased, (await silo.Files.BeginAsync(id, "a worker that died", TimeSpan.FromMinutes(1))).Outcome);
        Assert.Equal(0, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());

        await silo.PassAsync(TimeSpan.FromMinutes(1));
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(silo, id)).Status);
    }

    [Fact]
    public async Task Recover_LostMessage_IsPublishedAgainInTheEnd()
    {
        await using var silo = await StartAsync(FakeEngine.Finding());
        var id = (await Uploads.StoreAsync(silo, [1])).Id;
        await silo.Ledger.MarkPublishedAsync([id]);
        var entry = await silo.Ledger.GetAsync(id);
        Assert.Equal(IWorkLedger.MessagePatience, entry!.DueAt - entry.PublishedAt);

        await silo.PassAsync(IWorkLedger.MessagePatience);
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(silo, id)).Status);
    }

    [Fact]
    public async Task Publish_StreamIsDown_IsPublishedLater()
    {
        await using var silo = await StartAsync(FakeEngine.Finding());
        await silo.StopStreamsAsync();

        var file = await Uploads.UploadAsync(silo, [1]);
        await silo.PassAsync(IWorkLedger.PublishPatience);

        Assert.Equal(0, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());
        Assert.Equal(FileStatus.Queued, (await file.GetAsync())!.Status);
        await silo.StartStreamsAsync();
        await silo.PassAsync(IWorkLedger.PublishPatience);
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(file)).Status);
    }

    [Fact]
    public async Task Recover_MoreThanAPageOfFiles_PutsAllBack()
    {
        await using var silo = await StartAsync(FakeEngine.Finding());
        var files = Enumerable.Range(0, 1200).Select(_ => Guid.CreateVersion7())
            .Select(id => (id, Samples.Metadata with { ObjectKey = $"files/00/{id:N}/original", Profile = new("pcb-defects", 1) })).ToList();
        await silo.Files.AcceptAsync(files, null);
        await silo.PassAsync(IWorkLedger.PublishPatience);

        // The grain's own timer may have recovered them first; either way nothing is due any more.
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();

        Assert.Empty(await silo.Ledger.ListDueAsync(WorkKind.File, 10));
        // There are no bytes, so each ends as failed.
        await Eventually.GetAsync(() => silo.Files.ListAsync(new() { State = "queued", Limit = 1 }), waiting => waiting.Count == 0);
    }

    private protected abstract Task<TestHost> StartAsync(FakeEngine engine);
}
