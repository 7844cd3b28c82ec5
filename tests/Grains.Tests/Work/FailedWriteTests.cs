using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Chitti.Storage;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

/// <summary>After a failed write the next call sees what is stored, not what was in memory.</summary>
public sealed class FailedWriteTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _data = new();
    private readonly FaultPlan _state = new();
    private readonly FaultPlan _catalog = new();
    private readonly TaskCompletionSource _never = new();
    private SiloHost _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloHost.StartAsync(
        _data,
        new FakeEngine(_ => DetectionOutcome.Busy) { Gate = _never.Task },
        services =>
        {
            services.AddStateFaults(_state);
            services.AddFaults<ICatalog>(_catalog);
        });

    public async Task DisposeAsync() => await _silo.KillAsync();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Complete_WriteFails_FileIsStillQueuedAndCompletesLater()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        var inspection = Samples.InspectionOf(file.GetPrimaryKey(), Guid.CreateVersion7());
        _state.Fail("Write", 1);

        await Assert.ThrowsAnyAsync<Exception>(() => file.CompleteAsync(inspection));

        var snapshot = await file.GetAsync();
        Assert.Equal((FileStatus.Queued, null), (snapshot!.Status, snapshot.Inspection));
        Assert.Equal("queued", (await _silo.Catalog.GetFileAsync(snapshot.Id))!.State);
        await file.CompleteAsync(inspection with { Id = Guid.CreateVersion7() });
        Assert.NotEqual(inspection.Id, (await file.GetAsync())!.Inspection!.Id);
    }

    [Fact]
    public async Task Fail_WriteFails_FileIsStillQueued()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        _state.Fail("Write", 1);

        await Assert.ThrowsAnyAsync<Exception>(() => file.FailAsync("damaged"));

        var snapshot = await file.GetAsync();
        Assert.Equal((FileStatus.Queued, null), (snapshot!.Status, snapshot.Error));
    }

    [Fact]
    public async Task RecordFailure_WriteFails_IsNotCounted()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        Assert.False(await file.RecordFailureAsync("first"));
        _state.Fail("Write", 1);

        await Assert.ThrowsAnyAsync<Exception>(() => file.RecordFailureAsync("lost"));

        Assert.False(await file.RecordFailureAsync("second"));
        Assert.True(await file.RecordFailureAsync("third"));
    }

    [Fact]
    public async Task Delete_ClearFails_DeletesAtTheNextCall()
    {
        var row = await Uploads.StoreAsync(_silo, [1]);
        var file = _silo.Grains.GetGrain<IFileGrain>(row.Id);
        await file.CompleteAsync(Samples.InspectionOf(row.Id, Guid.CreateVersion7()));
        _state.Fail("Clear", 1);

        await Assert.ThrowsAnyAsync<Exception>(() => file.DeleteAsync());

        Assert.True(await file.DeleteAsync());
        Assert.Null(await file.GetAsync());
        Assert.Null(await _silo.Objects.GetInfoAsync(row.ObjectKey));
    }

    [Fact]
    public async Task AddVersion_WriteFails_VersionIsNotThereAndItsNumberIsFree()
    {
        var profile = _silo.Grains.GetGrain<IProfileGrain>("half-written");
        await profile.CreateAsync(Given.Profile());
        _state.Fail("Write", 1);

        await Assert.ThrowsAnyAsync<Exception>(() => profile.AddVersionAsync(Given.Profile() with { Name = "lost" }));

        Assert.Null(await profile.GetAsync(2));
        Assert.Equal(2, (await profile.AddVersionAsync(Given.Profile() with { Name = "kept" })).Version!.Reference.Version);
        Assert.Equal("kept", (await profile.GetAsync(2))!.Profile.Name);
    }

    [Fact]
    public async Task Create_CatalogFails_RepeatPutsTheProfileIntoTheCatalog()
    {
        var profile = _silo.Grains.GetGrain<IProfileGrain>("unlisted");
        _catalog.Fail(nameof(ICatalog.UpsertProfileAsync), 1);
        await Assert.ThrowsAnyAsync<Exception>(() => profile.CreateAsync(Given.Profile()));

        Assert.True((await profile.CreateAsync(Given.Profile())).Conflict);

        Assert.Contains(await _silo.Catalog.ListProfilesAsync(null, 10), listed => listed is { Id: "unlisted", Version: 1 });
    }

    [Fact]
    public async Task Request_WriteFails_ReportIsUnknownUntilAskedForAgain()
    {
        var report = _silo.Grains.GetGrain<IReportGrain>(Guid.CreateVersion7());
        _state.Fail("Write", 1);

        await Assert.ThrowsAnyAsync<Exception>(() => report.RequestAsync(Samples.Report));

        Assert.Null(await report.GetAsync());
        await report.RequestAsync(Samples.Report);
        await Eventually.GetAsync(() => report.GetAsync(), snapshot => snapshot!.Status == ReportStatus.Ready);
    }

    [Fact]
    public async Task Report_WritesOfItsEndFail_IsReadyInTheEnd()
    {
        var report = _silo.Grains.GetGrain<IReportGrain>(Guid.CreateVersion7());
        _catalog.Fail(nameof(ICatalog.EndReportAsync), 2);

        await report.RequestAsync(Samples.Report);

        var ready = await Eventually.GetAsync(() => report.GetAsync(), snapshot => snapshot!.Status == ReportStatus.Ready);
        Assert.NotNull(await _silo.Objects.GetInfoAsync(ready!.ObjectKey!));
        await Eventually.GetAsync(() => Task.FromResult(_catalog.CallsOf(nameof(ICatalog.EndReportAsync))), calls => calls == 3);
        Assert.Empty(await _silo.Catalog.ListUnpublishedReportsAsync(DateTimeOffset.MaxValue, 10));
    }
}
