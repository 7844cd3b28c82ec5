using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Chitti.Storage;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

/// <summary>After a failed write the next call sees the stored state, not the one in memory.</summary>
public sealed class FailedWriteTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _data = new();
    private readonly FailurePlan _state = new();
    private readonly FailurePlan _files = new();
    private readonly FailurePlan _ledger = new();
    private readonly FailurePlan _reports = new();
    private readonly FailurePlan _profiles = new();
    private readonly TaskCompletionSource _never = new();
    private SiloHost _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloHost.StartAsync(
        _data,
        new FakeEngine(_ => DetectionOutcome.Busy) { Gate = _never.Task },
        services =>
        {
            services.AddStateFailures(_state);
            services.AddFailures<IFileStore>(_files);
            services.AddFailures<IWorkLedger>(_ledger);
            services.AddFailures<IReportStore>(_reports);
            services.AddFailures<IProfileList>(_profiles);
        });

    public async Task DisposeAsync() => await _silo.KillAsync();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Complete_WriteFails_FileIsStillQueuedAndCompletesLater()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        var inspection = Samples.InspectionOf(file.GetPrimaryKey(), Guid.CreateVersion7());
        _files.Fail(nameof(IFileStore.CompleteAsync), 1);

        await Assert.ThrowsAnyAsync<Exception>(() => file.CompleteAsync(inspection));

        var snapshot = await file.GetAsync();
        Assert.Null(snapshot!.Inspection);
        Assert.Equal(FileStatus.Queued, (await _silo.Files.GetAsync(snapshot.Id))!.Status);
        await file.CompleteAsync(inspection with { Id = Guid.CreateVersion7() });
        Assert.NotEqual(inspection.Id, (await file.GetAsync())!.Inspection!.Id);
    }

    [Fact]
    public async Task Fail_WriteFails_FileIsStillQueued()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        _files.Fail(nameof(IFileStore.FailAsync), 1);

        await Assert.ThrowsAnyAsync<Exception>(() => file.FailAsync("damaged"));

        var snapshot = await file.GetAsync();
        Assert.Null(snapshot!.Error);
        Assert.Equal(FileStatus.Queued, (await _silo.Files.GetAsync(snapshot.Id))!.Status);
    }

    [Fact]
    public async Task RecordFailure_WriteFails_LeaseEndsByItself()
    {
        var id = (await Uploads.StoreAsync(_silo, [1])).Id;
        var file = _silo.Grains.GetGrain<IFileGrain>(id);
        var lease = await file.BeginAsync();
        _ledger.Fail(nameof(IWorkLedger.RecordFailureAsync), 1);

        await Assert.ThrowsAnyAsync<Exception>(() => file.RecordFailureAsync(lease!.Holder, "lost"));

        Assert.Null(await file.BeginAsync());
        await Rows.EndLeaseAsync(_silo, id);
        Assert.NotNull(await file.BeginAsync());
    }

    [Fact]
    public async Task RecordOutage_DatabaseIsDownToo_IsRecordedWithTheNextAttemptAndCostsNone()
    {
        var id = (await Uploads.StoreAsync(_silo, [1])).Id;
        var file = _silo.Grains.GetGrain<IFileGrain>(id);
        for (var outage = 0; outage < 5; outage++)
        {
            var lease = await file.BeginAsync();
            _ledger.Fail(nameof(IWorkLedger.RecordOutageAsync), 1, () => new OutageException(Outage.Database, "The test says no."));
            await Assert.ThrowsAsync<OutageException>(() => file.RecordOutageAsync(lease!.Holder, "no detector"));
        }

        Assert.NotNull(await file.BeginAsync());
        Assert.Equal(1, (await _silo.Ledger.GetAsync(id))!.Attempts);
    }

    [Fact]
    public async Task Delete_WriteFails_DeletesAtTheNextCall()
    {
        var row = await Uploads.StoreAsync(_silo, [1]);
        var file = _silo.Grains.GetGrain<IFileGrain>(row.Id);
        await file.CompleteAsync(Samples.InspectionOf(row.Id, Guid.CreateVersion7()));
        _files.Fail(nameof(IFileStore.DeleteAsync), 1);

        await Assert.ThrowsAnyAsync<Exception>(() => file.DeleteAsync("tester"));

        Assert.True(await file.DeleteAsync("tester"));
        Assert.Null(await file.GetAsync());
        Assert.Null(await _silo.Objects.GetInfoAsync(row.Metadata.ObjectKey));
    }

    [Fact]
    public async Task Get_SlowReadDuringAWrite_DoesNotBringTheOlderStateBack()
    {
        var row = await Uploads.StoreAsync(_silo, [1]);
        var file = _silo.Grains.GetGrain<IFileGrain>(row.Id);
        var (reached, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        _files.DelayAfter(nameof(IFileStore.GetAsync), row.Id, reached, gate.Task);

        var slow = file.RenderAsync(Rendition.Annotated);
        await reached.Task;
        await file.CompleteAsync(Samples.InspectionOf(row.Id, Guid.CreateVersion7()));
        gate.SetResult();
        await slow;

        Assert.Equal(FileStatus.Completed, (await file.GetAsync())!.Status);
    }

    [Fact]
    public async Task AddVersion_WriteFails_VersionIsUnknownAndItsNumberIsFree()
    {
        var profile = _silo.Grains.GetGrain<IProfileGrain>("half-written");
        await profile.CreateAsync(Given.WholeProfile());
        _state.Fail("Write", 1);

        await Assert.ThrowsAnyAsync<Exception>(() => profile.AddVersionAsync(Given.WholeProfile() with { Name = "lost" }));

        Assert.Null(await profile.GetAsync(2));
        Assert.Equal(2, (await profile.AddVersionAsync(Given.WholeProfile() with { Name = "kept" })).Version!.Reference.Version);
        Assert.Equal("kept", (await profile.GetAsync(2))!.Profile.Name);
    }

    [Fact]
    public async Task Create_ListFails_RepeatPutsTheProfileIntoTheList()
    {
        var profile = _silo.Grains.GetGrain<IProfileGrain>("unlisted");
        _profiles.Fail(nameof(IProfileList.UpsertAsync), 1);
        await Assert.ThrowsAnyAsync<Exception>(() => profile.CreateAsync(Given.WholeProfile()));

        Assert.True((await profile.CreateAsync(Given.WholeProfile())).Conflict);

        Assert.Contains(await _silo.Profiles.ListAsync(null, 10), listed => listed is { Id: "unlisted", Version: 1 });
    }

    [Fact]
    public async Task Request_WriteFails_ReportIsUnknownUntilRequestedAgain()
    {
        var report = _silo.Grains.GetGrain<IReportGrain>(Guid.CreateVersion7());
        _reports.Fail(nameof(IReportStore.AddAsync), 1);

        await Assert.ThrowsAnyAsync<Exception>(() => report.RequestAsync(Samples.Report));

        Assert.Null(await report.GetAsync());
        await report.RequestAsync(Samples.Report);
        await Eventually.GetAsync(() => report.GetAsync(), snapshot => snapshot!.Status == ReportStatus.Ready);
    }

    [Fact]
    public async Task Report_EndCannotBeRecordedDuringAnOutage_IsReadyInTheEndAndWrittenOnce()
    {
        var id = Guid.CreateVersion7();
        var report = _silo.Grains.GetGrain<IReportGrain>(id);
        _reports.Fail(nameof(IReportStore.CompleteAsync), 2, () => new OutageException(Outage.Database, "The test says no."));

        await report.RequestAsync(Samples.Report);

        var ready = await Eventually.GetAsync(() => report.GetAsync(), snapshot => snapshot!.Status == ReportStatus.Ready);
        Assert.NotNull(await _silo.Objects.GetInfoAsync(ready!.ObjectKey!));
        Assert.Equal(3, _reports.CallsOf(nameof(IReportStore.CompleteAsync)));
        Assert.Equal(1, _reports.CallsOf(nameof(IReportStore.BeginAsync)));
        Assert.Null(await _silo.Ledger.GetAsync(id));
    }
}
