using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Chitti.Storage;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

/// <summary>What a process that died has accepted, the next one ends.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Start_FilesWereWaitingAndUnderWay_InspectsEachOnce()
    {
        var never = new TaskCompletionSource();
        var blocked = new FakeEngine(_ => DetectionOutcome.Busy) { Gate = never.Task };
        var ids = new List<Guid>();
        await using (var first = await SiloHost.StartAsync(_data, blocked))
        {
            for (byte number = 0; number < 20; number++)
            {
                ids.Add((await Uploads.UploadAsync(first, [number])).GetPrimaryKey());
            }

            await Eventually.GetAsync(() => Task.FromResult(blocked.Calls.Count), count => count > 0);
            await first.KillAsync();
        }

        var engine = FakeEngine.Finding();
        await using var second = await StartLaterAsync(engine);

        foreach (var id in ids)
        {
            var row = await Uploads.WaitForRowAsync(second, id);
            Assert.Equal(("completed", (await second.Grains.GetGrain<IFileGrain>(id).GetAsync())!.Inspection!.Id), (row.State, row.InspectionId));
        }

        Assert.Equal(ids.Count, engine.Calls.Count);
        Assert.Equal(ids.Count, await CatalogRows.CountInspectionsAsync(second));
    }

    [Fact]
    public async Task Start_RowWithoutGrainState_IsInspected()
    {
        FileRow row;
        await using (var first = await SiloHost.StartAsync(_data, FakeEngine.Finding()))
        {
            row = await Uploads.StoreAsync(first, [1]);
            await first.KillAsync();
        }

        await using var second = await StartLaterAsync(FakeEngine.Finding());

        Assert.Equal("completed", (await Uploads.WaitForRowAsync(second, row.Id)).State);
        var file = await second.Grains.GetGrain<IFileGrain>(row.Id).GetAsync();
        Assert.Equal(FileRows.ToRegistration(row), file!.Registration);
    }

    [Fact]
    public async Task Start_RowIsBehindTheFilesEnd_IsRepaired()
    {
        Guid completed, failed;
        await using (var first = await SiloHost.StartAsync(_data, FakeEngine.Finding()))
        {
            completed = (await Uploads.UploadAsync(first, [1])).GetPrimaryKey();
            failed = (await Uploads.UploadAsync(first, [2], new("pcb-defects", 99))).GetPrimaryKey();
            foreach (var id in new[] { completed, failed })
            {
                await Uploads.WaitForRowAsync(first, id);
                await CatalogRows.ForgetEndAsync(first, id);
            }

            await first.KillAsync();
        }

        var engine = FakeEngine.Finding();
        await using var second = await StartLaterAsync(engine);

        Assert.Equal("pass", (await Uploads.WaitForRowAsync(second, completed)).Verdict);
        Assert.Equal("Profile 'pcb-defects' has no version 99.", (await Uploads.WaitForRowAsync(second, failed)).Error);
        Assert.Empty(engine.Calls);
    }

    [Fact]
    public async Task Start_ReportWasWaiting_IsWritten()
    {
        var id = Guid.CreateVersion7();
        var plan = new FaultPlan();
        await using (var first = await SiloHost.StartAsync(_data, FakeEngine.Finding(), services => services.AddFaults<IObjectStore>(plan)))
        {
            plan.Fail(nameof(IObjectStore.StageAsync), int.MaxValue);
            await first.Grains.GetGrain<IReportGrain>(id).RequestAsync(Samples.Report);
            await Eventually.GetAsync(() => Task.FromResult(plan.CallsOf(nameof(IObjectStore.StageAsync))), calls => calls > 0);
            Assert.Equal(ReportStatus.Queued, (await first.Grains.GetGrain<IReportGrain>(id).GetAsync())!.Status);
            await first.KillAsync();
        }

        await using var second = await StartLaterAsync(FakeEngine.Finding());

        var report = await Eventually.GetAsync(
            () => second.Grains.GetGrain<IReportGrain>(id).GetAsync(), report => report!.Status != ReportStatus.Queued);
        Assert.Equal((ReportStatus.Ready, 1), (report!.Status, report.FileCount));
        Assert.NotNull(await second.Objects.GetInfoAsync(report.ObjectKey!));
    }

    [Fact]
    public async Task Start_ReportThatWasNeverAccepted_IsForgotten()
    {
        var id = Guid.CreateVersion7();
        await using (var first = await SiloHost.StartAsync(_data, FakeEngine.Finding()))
        {
            await first.Catalog.AddReportAsync(id, TimeProvider.System.GetUtcNow());
            await first.KillAsync();
        }

        await using var second = await StartLaterAsync(FakeEngine.Finding());

        await Eventually.GetAsync(() => second.Catalog.ListUnpublishedReportsAsync(DateTimeOffset.MaxValue, 10), waiting => waiting.Count == 0);
        Assert.Null(await second.Grains.GetGrain<IReportGrain>(id).GetAsync());
    }

    /// <summary>As if the restart had taken longer than recovery's patience.</summary>
    private Task<SiloHost> StartLaterAsync(IDetectionEngine engine)
    {
        var time = new SetTime();
        time.Now += TimeSpan.FromMinutes(1);
        return SiloHost.StartAsync(_data, engine, services => services.AddTime(time));
    }
}
