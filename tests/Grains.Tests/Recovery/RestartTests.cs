using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Chitti.Storage;
using Chitti.Storage.Sqlite;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Grains.Tests;

/// <summary>Work that a crashed process had accepted is completed by the next one.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Start_FilesWereWaitingAndInProgress_InspectsEachOnce()
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
        await using var second = await SiloHost.StartAsync(_data, engine);

        foreach (var id in ids)
        {
            var row = await Uploads.WaitForRowAsync(second, id);
            Assert.Equal((FileStatus.Completed, (await second.Grains.GetGrain<IFileGrain>(id).GetAsync())!.Inspection!.Id), (row.Status, row.InspectionId));
        }

        Assert.Equal(ids.Count, engine.Calls.Count);
        Assert.Equal(ids.Count, await Rows.CountInspectionsAsync(second));
    }

    [Fact]
    public async Task Start_AcceptedAndNeverPublished_IsInspected()
    {
        FileSnapshot row;
        await using (var first = await SiloHost.StartAsync(_data, FakeEngine.Finding()))
        {
            row = await Uploads.StoreAsync(first, [1]);
            await first.KillAsync();
        }

        await using var second = await SiloHost.StartAsync(_data, FakeEngine.Finding());

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(second, row.Id)).Status);
        Assert.Equal(row.Metadata, (await second.Grains.GetGrain<IFileGrain>(row.Id).GetAsync())!.Metadata);
    }

    [Fact]
    public async Task Start_ThirdCrashDuringAnAttempt_EndsTheFileAsFailed()
    {
        Guid id;
        await using (var first = await SiloHost.StartAsync(_data, FakeEngine.Finding()))
        {
            id = (await Uploads.StoreAsync(first, [1])).Id;
            for (var death = 0; death < 3; death++)
            {
                await first.Files.BeginAsync(id, $"worker {death}", TimeSpan.FromMinutes(1));
                await first.Services.GetRequiredService<SqliteDatabase>().ResetInFlightAsync();
            }

            await first.KillAsync();
        }

        var engine = FakeEngine.Finding();
        await using var second = await SiloHost.StartAsync(_data, engine);

        var row = await Uploads.WaitForRowAsync(second, id);
        Assert.Equal(FileStatus.Failed, row.Status);
        Assert.Contains("the process ended during the attempt", row.Error, StringComparison.Ordinal);
        Assert.Empty(engine.Calls);
    }

    [Fact]
    public async Task Start_ReportWasWaiting_IsWritten()
    {
        var id = Guid.CreateVersion7();
        var plan = new FailurePlan();
        await using (var first = await SiloHost.StartAsync(_data, FakeEngine.Finding(), services => services.AddFailures<IObjectStore>(plan)))
        {
            plan.Fail(nameof(IObjectStore.StageAsync), int.MaxValue, () => new OutageException(Outage.ObjectStore, "The test says no."));
            await first.Grains.GetGrain<IReportGrain>(id).RequestAsync(Samples.Report);
            await Eventually.GetAsync(() => Task.FromResult(plan.CallsOf(nameof(IObjectStore.StageAsync))), calls => calls > 0);
            Assert.Equal(ReportStatus.Queued, (await first.Grains.GetGrain<IReportGrain>(id).GetAsync())!.Status);
            await first.KillAsync();
        }

        await using var second = await SiloHost.StartAsync(_data, FakeEngine.Finding());

        var report = await Eventually.GetAsync(
            () => second.Grains.GetGrain<IReportGrain>(id).GetAsync(), report => report!.Status != ReportStatus.Queued);
        Assert.Equal((ReportStatus.Ready, 1), (report!.Status, report.FileCount));
        Assert.NotNull(await second.Objects.GetInfoAsync(report.ObjectKey!));
    }
}
