using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Chitti.Storage;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Grains.Tests;

public sealed class RecoveryGrainTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly TempFolder _data = new();
    private readonly SetTime _time = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Recover_FileYoungerThanThePatience_IsLeftAlone()
    {
        await using var silo = await SiloHost.StartAsync(_data, FakeEngine.Finding(), services => services.AddTime(_time));
        var row = await Uploads.StoreAsync(silo, [1]);
        _time.Now = row.CreatedAt + _patience;

        Assert.Equal(0, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());

        _time.Now += TimeSpan.FromMilliseconds(1);
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();
        Assert.Equal("completed", (await Uploads.WaitForRowAsync(silo, row.Id)).State);
    }

    [Fact]
    public async Task Recover_ConfirmedFile_IsNotPublishedAgain()
    {
        var never = new TaskCompletionSource();
        var engine = new FakeEngine(_ => DetectionOutcome.Busy) { Gate = never.Task };
        await using var silo = await SiloHost.StartAsync(_data, engine, services => services.AddTime(_time));
        var file = await Uploads.UploadAsync(silo, [1]);
        await Eventually.GetAsync(() => silo.Catalog.ListUnpublishedFilesAsync(DateTimeOffset.MaxValue, 10), waiting => waiting.Count == 0);
        _time.Now += TimeSpan.FromMinutes(1);

        Assert.Equal(0, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());

        Assert.Equal(file.GetPrimaryKey(), (await file.GetAsync())!.Id);
        await silo.KillAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Recover_OnePoisonId_DoesNotKeepTheOthers(bool cancelled)
    {
        var plan = new FaultPlan();
        await using var silo = await SiloHost.StartAsync(_data, FakeEngine.Finding(), services =>
        {
            services.AddTime(_time);
            services.AddFaults<ICatalog>(plan);
        });
        var poison = await Uploads.StoreAsync(silo, [1]);
        plan.FailFor(nameof(ICatalog.GetFileAsync), poison.Id, cancelled ? new OperationCanceledException("The test says no.") : new IOException("The test says no."));
        var others = new[] { await Uploads.StoreAsync(silo, [2]), await Uploads.StoreAsync(silo, [3]) };
        _time.Now += TimeSpan.FromMinutes(1);

        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();

        foreach (var other in others)
        {
            Assert.Equal("completed", (await Uploads.WaitForRowAsync(silo, other.Id)).State);
        }

        plan.Mend(nameof(ICatalog.GetFileAsync));
        Assert.Equal("queued", (await silo.Catalog.GetFileAsync(poison.Id))!.State);
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();
        Assert.Equal("completed", (await Uploads.WaitForRowAsync(silo, poison.Id)).State);
    }

    [Fact]
    public async Task Resume_StreamIsDown_IsPublishedLater()
    {
        var outage = new StreamOutage();
        await using var silo = await SiloHost.StartAsync(_data, FakeEngine.Finding(), services =>
        {
            services.AddTime(_time);
            services.AddSingleton<IOutgoingGrainCallFilter>(outage);
        });

        var row = await Uploads.StoreAsync(silo, [1]);
        var file = silo.Grains.GetGrain<IFileGrain>(row.Id);
        await Assert.ThrowsAnyAsync<Exception>(() => file.ResumeAsync());

        Assert.Equal(FileStatus.Queued, (await file.GetAsync())!.Status);
        Assert.Equal([file.GetPrimaryKey()], await silo.Catalog.ListUnpublishedFilesAsync(DateTimeOffset.MaxValue, 10));
        _time.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(0, await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());
        outage.End();
        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(file)).Status);
    }

    [Fact]
    public async Task Recover_MoreThanAPageOfFiles_PutsAllBack()
    {
        await using var silo = await SiloHost.StartAsync(_data, FakeEngine.Finding(), services => services.AddTime(_time));
        var now = _time.Now;
        var registration = Samples.Registration;
        var rows = Enumerable.Range(0, 1200).Select(_ => Guid.CreateVersion7()).Select(id => new FileRow
        {
            Id = id,
            Name = registration.Name,
            Size = 1,
            Sha256 = registration.Sha256,
            MediaType = registration.MediaType,
            Width = 1,
            Height = 1,
            ObjectKey = $"files/00/{id:D}/original",
            ProfileId = "pcb-defects",
            ProfileVersion = 1,
            State = "queued",
            CreatedAt = now,
        }).ToList();
        await silo.Catalog.AddFilesAsync(rows, null);
        _time.Now += TimeSpan.FromMinutes(1);

        await silo.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();

        Assert.Empty(await silo.Catalog.ListUnpublishedFilesAsync(DateTimeOffset.MaxValue, 10));
        // There are no bytes, so that each ends as failed.
        await Eventually.GetAsync(() => silo.Catalog.ListFilesAsync(new() { State = "queued", Limit = 1 }), waiting => waiting.Count == 0);
    }
}
