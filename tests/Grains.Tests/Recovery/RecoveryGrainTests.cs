using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Chitti.Storage;
using Chitti.Storage.Sqlite;
using Chitti.Tests;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Grains.Tests;

public sealed class RecoveryGrainTests : IDisposable
{
    private readonly TempFolder _data = new();
    private readonly SetTime _time = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Recover_FileWithinThePublishPatience_IsLeftToTheOutbox()
    {
        await using var silo = await SiloHost.StartAsync(_data, FakeEngine.Finding(), services => services.AddTime(_time));
        var row = await Uploads.StoreAsync(silo, [1]);

        Assert.Equal(0, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());

        _time.Now += IWorkLedger.PublishPatience;
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(silo, row.Id)).Status);
    }

    [Fact]
    public async Task Recover_ClockWasSetBack_TakesUpWhatWasAcceptedBefore()
    {
        await using var silo = await SiloHost.StartAsync(_data, FakeEngine.Finding(), services => services.AddTime(_time));
        _time.Now += TimeSpan.FromSeconds(50);
        var row = await Uploads.StoreAsync(silo, [1]);
        await using (var connection = await silo.Services.GetRequiredService<SqliteDatabase>().Writer.OpenConnectionAsync())
        {
            // As if the clock had been set back by a day.
            await connection.ExecuteAsync("UPDATE work SET due_at = due_at + 86400000");
        }

        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(silo, row.Id)).Status);
    }

    [Fact]
    public async Task Recover_PublishedOrLeasedFile_IsNotPublishedAgain()
    {
        var never = new TaskCompletionSource();
        var engine = new FakeEngine(_ => DetectionOutcome.Busy) { Gate = never.Task };
        await using var silo = await SiloHost.StartAsync(_data, engine, services => services.AddTime(_time));
        var leased = await Uploads.UploadAsync(silo, [1], partition: 1);
        var waiting = await Uploads.UploadAsync(silo, [2], partition: 1);
        await Eventually.GetAsync(() => silo.Ledger.GetAsync(leased.GetPrimaryKey()), entry => entry!.LeaseHolder is not null);
        await silo.Ledger.MarkPublishedAsync([waiting.GetPrimaryKey()]);
        _time.Now += TimeSpan.FromSeconds(20);

        Assert.Equal(0, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());

        await silo.KillAsync();
    }

    [Fact]
    public async Task Recover_LeaseOfADeadWorker_IsTakenUpAgain()
    {
        await using var silo = await SiloHost.StartAsync(_data, FakeEngine.Finding());
        var id = (await Uploads.StoreAsync(silo, [1])).Id;
        Assert.Equal(BeginOutcome.Leased, (await silo.Files.BeginAsync(id, "a worker that died", TimeSpan.FromMinutes(1))).Outcome);
        Assert.Equal(0, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());

        await Rows.EndLeaseAsync(silo, id);
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(silo, id)).Status);
    }

    [Fact]
    public async Task Recover_MessageThatVanished_IsPublishedAgainInTheEnd()
    {
        await using var silo = await SiloHost.StartAsync(_data, FakeEngine.Finding());
        var id = (await Uploads.StoreAsync(silo, [1])).Id;
        await silo.Ledger.MarkPublishedAsync([id]);
        var entry = await silo.Ledger.GetAsync(id);
        Assert.Equal(IWorkLedger.MessagePatience, entry!.DueAt - entry.PublishedAt);

        await Rows.MakeDueAsync(silo);
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(silo, id)).Status);
    }

    [Fact]
    public async Task Publish_StreamIsDown_IsPublishedLater()
    {
        var outage = new StreamOutage();
        await using var silo = await SiloHost.StartAsync(_data, FakeEngine.Finding(), services =>
        {
            services.AddTime(_time);
            services.AddSingleton<IOutgoingGrainCallFilter>(outage);
        });

        var file = await Uploads.UploadAsync(silo, [1]);
        _time.Now += IWorkLedger.PublishPatience;

        Assert.Equal(0, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());
        Assert.Equal(FileStatus.Queued, (await file.GetAsync())!.Status);
        Assert.Equal([file.GetPrimaryKey()], await silo.Ledger.ListDueAsync(WorkKind.File, 10));
        outage.End();
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(file)).Status);
    }

    [Fact]
    public async Task Recover_MoreThanAPageOfFiles_PutsAllBack()
    {
        await using var silo = await SiloHost.StartAsync(_data, FakeEngine.Finding(), services => services.AddTime(_time));
        var files = Enumerable.Range(0, 1200).Select(_ => Guid.CreateVersion7())
            .Select(id => (id, Samples.Metadata with { ObjectKey = $"files/00/{id:N}/original", Profile = new("pcb-defects", 1) })).ToList();
        await silo.Files.AcceptAsync(files, null);
        _time.Now += IWorkLedger.PublishPatience;

        Assert.Equal(1200, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());

        Assert.Empty(await silo.Ledger.ListDueAsync(WorkKind.File, 10));
        // There are no bytes, so that each ends as failed.
        await Eventually.GetAsync(() => silo.Files.ListAsync(new() { State = "queued", Limit = 1 }), waiting => waiting.Count == 0);
    }
}
