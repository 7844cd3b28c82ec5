using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using SkiaSharp;

namespace Chitti.Grains.Tests;

public class FileGrainTests(BlockedSilo blocked) : IClassFixture<BlockedSilo>
{
    private readonly SiloHost _silo = blocked.Host;

    [Fact]
    public async Task Get_UnknownFile_IsNull() => Assert.Null(await _silo.Grains.GetGrain<IFileGrain>(Guid.CreateVersion7()).GetAsync());

    [Fact]
    public async Task Complete_Twice_KeepsTheFirstInspection()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        var first = Samples.InspectionOf(file.GetPrimaryKey(), Guid.CreateVersion7());
        await file.CompleteAsync(first);

        var second = first with { Id = Guid.CreateVersion7(), Verdict = Verdict.Pass };
        await file.CompleteAsync(second);

        Assert.Equal(first.Id, (await file.GetAsync())!.Inspection!.Id);
        var row = await _silo.Files.GetAsync(file.GetPrimaryKey());
        Assert.Equal((FileStatus.Completed, Verdict.Fail, first.Id), (row!.Status, row.Verdict, row.InspectionId));
        Assert.Null(await _silo.Inspections.GetAsync(second.Id.Value));
        Assert.Null(await _silo.Ledger.GetAsync(row.Id));
    }

    [Fact]
    public async Task Complete_AfterDelete_BringsNothingBack()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        await file.DeleteAsync("tester");

        var inspection = Samples.InspectionOf(file.GetPrimaryKey(), Guid.CreateVersion7());
        await file.CompleteAsync(inspection);

        Assert.Null(await file.GetAsync());
        Assert.Null(await _silo.Files.GetAsync(file.GetPrimaryKey()));
        Assert.Null(await _silo.Inspections.GetAsync(inspection.Id!.Value));
    }

    [Fact]
    public async Task Complete_AfterFail_LeavesItFailed()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        await file.FailAsync("damaged");

        await file.CompleteAsync(Samples.InspectionOf(file.GetPrimaryKey(), Guid.CreateVersion7()));

        var snapshot = await file.GetAsync();
        Assert.Equal((FileStatus.Failed, null), (snapshot!.Status, snapshot.Inspection));
    }

    [Fact]
    public async Task Fail_Reason_ReachesFileAndRow()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);

        await file.FailAsync("the picture is upside down");

        var snapshot = await file.GetAsync();
        Assert.Equal((FileStatus.Failed, "the picture is upside down"), (snapshot!.Status, snapshot.Error));
        Assert.NotNull(snapshot.CompletedAt);
        var row = await _silo.Files.GetAsync(snapshot.Id);
        Assert.Equal((FileStatus.Failed, "the picture is upside down"), (row!.Status, row.Error));
        Assert.Null(await _silo.Ledger.GetAsync(snapshot.Id));
    }

    [Fact]
    public async Task Begin_EndedFile_IsNull()
    {
        var completed = await Uploads.UploadAsync(_silo, [1]);
        await completed.CompleteAsync(Samples.InspectionOf(completed.GetPrimaryKey(), Guid.CreateVersion7()));
        var failed = await Uploads.UploadAsync(_silo, [1]);
        await failed.FailAsync("damaged");

        Assert.Null(await completed.BeginAsync());
        Assert.Null(await failed.BeginAsync());
    }

    [Fact]
    public async Task Begin_DeletedOrUnknownFile_IsNull()
    {
        var deleted = await Uploads.UploadAsync(_silo, [1]);
        await deleted.DeleteAsync("tester");

        Assert.Null(await deleted.BeginAsync());
        Assert.Null(await _silo.Grains.GetGrain<IFileGrain>(Guid.CreateVersion7()).BeginAsync());
    }

    [Fact]
    public async Task Begin_WhileALeaseIsHeld_GivesNone()
    {
        var file = _silo.Grains.GetGrain<IFileGrain>((await Uploads.StoreAsync(_silo, [1])).Id);

        var lease = await file.BeginAsync();

        Assert.NotNull(lease);
        Assert.Null(await file.BeginAsync());
        Assert.True(await file.RenewAsync(lease.Holder));
        Assert.Equal(FileStatus.Processing, (await file.GetAsync())!.Status);
        Assert.Equal(1, (await _silo.Ledger.GetAsync(lease.File.Id))!.Attempts);
    }

    [Fact]
    public async Task Begin_AfterTheLeaseHasExpired_GivesANewOneAndCountsAnotherAttempt()
    {
        var file = _silo.Grains.GetGrain<IFileGrain>((await Uploads.StoreAsync(_silo, [1])).Id);
        var lost = await file.BeginAsync();
        await Rows.EndLeaseAsync(_silo, lost!.File.Id);

        var lease = await file.BeginAsync();

        Assert.NotEqual(lost.Holder, lease!.Holder);
        Assert.False(await file.RenewAsync(lost.Holder));
        Assert.Equal(2, (await _silo.Ledger.GetAsync(lease.File.Id))!.Attempts);
    }

    [Fact]
    public async Task Begin_AfterThreeCrashedAttempts_EndsTheFile()
    {
        var id = (await Uploads.StoreAsync(_silo, [1])).Id;
        var file = _silo.Grains.GetGrain<IFileGrain>(id);
        for (var death = 0; death < 3; death++)
        {
            Assert.NotNull(await file.BeginAsync());
            await Rows.EndLeaseAsync(_silo, id);
        }

        Assert.Null(await file.BeginAsync());

        var snapshot = await file.GetAsync();
        Assert.Equal(
            (FileStatus.Failed, "3 attempts ended without a result, the last with: the process ended during the attempt"),
            (snapshot!.Status, snapshot.Error));
        Assert.Null(await _silo.Ledger.GetAsync(id));
    }

    [Fact]
    public async Task RecordFailure_ThirdAttempt_EndsTheFile()
    {
        var id = (await Uploads.StoreAsync(_silo, [1])).Id;
        var file = _silo.Grains.GetGrain<IFileGrain>(id);

        Assert.False(await file.RecordFailureAsync((await file.BeginAsync())!.Holder, "first"));
        Assert.False(await file.RecordFailureAsync((await file.BeginAsync())!.Holder, "second"));
        Assert.True(await file.RecordFailureAsync((await file.BeginAsync())!.Holder, "third"));

        var snapshot = await file.GetAsync();
        Assert.Equal((FileStatus.Failed, "3 attempts failed, the last with: third"), (snapshot!.Status, snapshot.Error));
        Assert.Equal(FileStatus.Failed, (await _silo.Files.GetAsync(id))!.Status);
    }

    [Fact]
    public async Task RecordFailure_BeforeTheLastAttempt_ShowsTheFileQueuedAndIsDueAtOnce()
    {
        var id = (await Uploads.StoreAsync(_silo, [1])).Id;
        var file = _silo.Grains.GetGrain<IFileGrain>(id);

        await file.RecordFailureAsync((await file.BeginAsync())!.Holder, "first");

        Assert.Equal(FileStatus.Queued, (await file.GetAsync())!.Status);
        Assert.Contains(id, await _silo.Ledger.ListDueAsync(WorkKind.File, 100));
        Assert.Equal("first", (await _silo.Ledger.GetAsync(id))!.LastError);
    }

    [Fact]
    public async Task RecordOutage_AnyNumber_CostsNoAttempt()
    {
        var id = (await Uploads.StoreAsync(_silo, [1])).Id;
        var file = _silo.Grains.GetGrain<IFileGrain>(id);

        for (var outage = 0; outage < 5; outage++)
        {
            await file.RecordOutageAsync((await file.BeginAsync())!.Holder, "no detector");
        }

        var entry = await _silo.Ledger.GetAsync(id);
        Assert.Equal((0, null, "no detector", false), (entry!.Attempts, entry.LeaseHolder, entry.LastError, entry.Stuck));
        Assert.NotNull(entry.OutageSince);
    }

    [Fact]
    public async Task FailAsDeadLetter_MessageReplayed_GoesBackToWork()
    {
        var id = (await Uploads.StoreAsync(_silo, [1])).Id;
        var file = _silo.Grains.GetGrain<IFileGrain>(id);

        await file.FailAsDeadLetterAsync("the broker gave the message up");

        Assert.Equal((FileStatus.Failed, "the broker gave the message up"), ((await file.GetAsync())!.Status, (await file.GetAsync())!.Error));
        Assert.DoesNotContain(id, await _silo.Ledger.ListDueAsync(WorkKind.File, 100));
        Assert.NotNull(await file.BeginAsync());
        Assert.Equal((FileStatus.Processing, null), ((await file.GetAsync())!.Status, (await file.GetAsync())!.Error));
    }

    [Fact]
    public async Task Delete_CompletedFile_RemovesEverythingButTheInspection()
    {
        var row = await Uploads.StoreAsync(_silo, [1]);
        var file = _silo.Grains.GetGrain<IFileGrain>(row.Id);
        await Uploads.PublishAsync(_silo, row.Id);
        var inspection = Samples.InspectionOf(row.Id, Guid.CreateVersion7());
        await file.CompleteAsync(inspection);
        var keys = FileKeys.All(row.Metadata.ObjectKey).ToList();
        Assert.Equal(["original", "metadata.json", "thumbnail.jpg", "annotated.jpg"], keys.Select(key => key[(key.LastIndexOf('/') + 1)..]));
        foreach (var key in keys)
        {
            await Uploads.PutAsync(_silo.Objects, key, [1]);
        }

        Assert.True(await file.DeleteAsync("tester"));

        Assert.Null(await file.GetAsync());
        Assert.Null(await _silo.Files.GetAsync(row.Id));
        foreach (var key in keys)
        {
            Assert.Null(await _silo.Objects.GetInfoAsync(key));
        }

        Assert.NotNull(await _silo.Inspections.GetAsync(inspection.Id!.Value));
        Assert.Null(await _silo.Ledger.GetAsync(row.Id));
        Assert.False(await file.DeleteAsync("tester"));
    }

    [Fact]
    public async Task Delete_WhileItsPictureIsDrawn_LeavesNoPicture()
    {
        using var bitmap = new SKBitmap(2000, 2000);
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var row = await Uploads.StoreAsync(_silo, encoded.ToArray());
        var file = _silo.Grains.GetGrain<IFileGrain>(row.Id);

        var drawing = file.RenderAsync(Rendition.Thumbnail);
        Assert.True(await file.DeleteAsync("tester"));

        await drawing;
        foreach (var key in FileKeys.All(row.Metadata.ObjectKey))
        {
            Assert.Null(await _silo.Objects.GetInfoAsync(key));
        }
    }

    [Fact]
    public async Task Delete_NeverPublishedFile_RemovesIt()
    {
        var row = await Uploads.StoreAsync(_silo, [1]);

        Assert.True(await _silo.Grains.GetGrain<IFileGrain>(row.Id).DeleteAsync("tester"));

        Assert.Null(await _silo.Files.GetAsync(row.Id));
        Assert.Null(await _silo.Objects.GetInfoAsync(row.Metadata.ObjectKey));
    }

    [Fact]
    public async Task Delete_UnknownFile_IsFalse() =>
        Assert.False(await _silo.Grains.GetGrain<IFileGrain>(Guid.CreateVersion7()).DeleteAsync("tester"));

    [Fact]
    public async Task Render_NotInspectedOrUnknown_SaysWhy()
    {
        var waiting = await Uploads.UploadAsync(_silo, [1]);
        var failed = await Uploads.UploadAsync(_silo, [1]);
        await failed.FailAsync("damaged");

        Assert.Equal("The file has not been inspected yet.", (await waiting.RenderAsync(Rendition.Annotated)).Detail);
        Assert.Equal("The file could not be inspected: damaged", (await failed.RenderAsync(Rendition.Annotated)).Detail);
        Assert.Equal(
            "There is no such file.", (await _silo.Grains.GetGrain<IFileGrain>(Guid.CreateVersion7()).RenderAsync(Rendition.Thumbnail)).Detail);
    }
}
