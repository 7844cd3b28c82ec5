using Chitti.Domain;
using Chitti.Grains.Abstractions;
using SkiaSharp;

namespace Chitti.Grains.Tests;

public class FileGrainTests(BlockedSilo blocked) : IClassFixture<BlockedSilo>
{
    private readonly SiloHost _silo = blocked.Host;

    [Fact]
    public async Task Get_UnknownFile_IsNull() => Assert.Null(await _silo.Grains.GetGrain<IFileGrain>(Guid.CreateVersion7()).GetAsync());

    [Fact]
    public async Task Resume_UnknownOrDeletedFile_PublishesNothing()
    {
        var deleted = await Uploads.UploadAsync(_silo, [1]);
        await deleted.DeleteAsync();

        Assert.False(await deleted.ResumeAsync());
        Assert.False(await _silo.Grains.GetGrain<IFileGrain>(Guid.CreateVersion7()).ResumeAsync());
    }

    [Fact]
    public async Task Complete_Twice_KeepsTheFirstInspectionAndRepeatsTheRow()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        var first = Samples.InspectionOf(file.GetPrimaryKey(), Guid.CreateVersion7());
        await file.CompleteAsync(first);
        await CatalogRows.ForgetEndAsync(_silo, file.GetPrimaryKey());

        var second = first with { Id = Guid.CreateVersion7(), Verdict = Verdict.Pass };
        await file.CompleteAsync(second);

        Assert.Equal(first.Id, (await file.GetAsync())!.Inspection!.Id);
        var row = await _silo.Catalog.GetFileAsync(file.GetPrimaryKey());
        Assert.Equal(("completed", "fail", first.Id), (row!.State, row.Verdict, row.InspectionId));
        Assert.Null(await _silo.Catalog.GetInspectionAsync(second.Id.Value));
    }

    [Fact]
    public async Task Complete_AfterDelete_BringsNothingBack()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        await file.DeleteAsync();

        var inspection = Samples.InspectionOf(file.GetPrimaryKey(), Guid.CreateVersion7());
        await file.CompleteAsync(inspection);

        Assert.Null(await file.GetAsync());
        Assert.Null(await _silo.Catalog.GetFileAsync(file.GetPrimaryKey()));
        Assert.Null(await _silo.Catalog.GetInspectionAsync(inspection.Id!.Value));
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
    public async Task Fail_Reason_ReachesFileAndCatalog()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);

        await file.FailAsync("the picture is upside down");

        var snapshot = await file.GetAsync();
        Assert.Equal((FileStatus.Failed, "the picture is upside down"), (snapshot!.Status, snapshot.Error));
        Assert.NotNull(snapshot.CompletedAt);
        var row = await _silo.Catalog.GetFileAsync(snapshot.Id);
        Assert.Equal(("failed", "the picture is upside down"), (row!.State, row.Error));
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
        await deleted.DeleteAsync();

        Assert.Null(await deleted.BeginAsync());
        Assert.Null(await _silo.Grains.GetGrain<IFileGrain>(Guid.CreateVersion7()).BeginAsync());
    }

    [Fact]
    public async Task Begin_EndedFileWhoseRowIsBehind_RepeatsTheRow()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        await file.CompleteAsync(Samples.InspectionOf(file.GetPrimaryKey(), Guid.CreateVersion7()));
        await CatalogRows.ForgetEndAsync(_silo, file.GetPrimaryKey());

        await file.BeginAsync();

        Assert.Equal("completed", (await _silo.Catalog.GetFileAsync(file.GetPrimaryKey()))!.State);
    }

    [Fact]
    public async Task RecordFailure_ThirdTime_EndsTheFile()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);

        Assert.False(await file.RecordFailureAsync("first"));
        Assert.False(await file.RecordFailureAsync("second"));
        Assert.True(await file.RecordFailureAsync("third"));

        var snapshot = await file.GetAsync();
        Assert.Equal((FileStatus.Failed, "3 attempts failed, the last with: third"), (snapshot!.Status, snapshot.Error));
        Assert.Equal("failed", (await _silo.Catalog.GetFileAsync(snapshot.Id))!.State);
    }

    [Fact]
    public async Task RecordFailure_OnTheWay_ShowsTheFileQueuedAgain()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        await file.BeginAsync();

        await file.RecordFailureAsync("first");

        Assert.Equal(FileStatus.Queued, (await file.GetAsync())!.Status);
    }

    [Fact]
    public async Task Delete_CompletedFile_RemovesEverythingButTheInspection()
    {
        var row = await Uploads.StoreAsync(_silo, [1]);
        var file = _silo.Grains.GetGrain<IFileGrain>(row.Id);
        await file.ResumeAsync();
        var inspection = Samples.InspectionOf(row.Id, Guid.CreateVersion7());
        await file.CompleteAsync(inspection);
        Assert.Equal(1, await CatalogRows.CountStatesAsync(_silo, row.Id));
        var keys = FileKeys.All(row.ObjectKey).ToList();
        Assert.Equal(["original", "thumbnail.jpg", "annotated.jpg"], keys.Select(key => key[(key.LastIndexOf('/') + 1)..]));
        foreach (var key in keys)
        {
            await Uploads.PutAsync(_silo, key, [1]);
        }

        Assert.True(await file.DeleteAsync());

        Assert.Null(await file.GetAsync());
        Assert.Null(await _silo.Catalog.GetFileAsync(row.Id));
        foreach (var key in keys)
        {
            Assert.Null(await _silo.Objects.GetInfoAsync(key));
        }

        Assert.NotNull(await _silo.Catalog.GetInspectionAsync(inspection.Id!.Value));
        Assert.Equal(0, await CatalogRows.CountStatesAsync(_silo, row.Id));
        Assert.False(await file.DeleteAsync());
    }

    [Fact]
    public async Task Delete_WhileItsPictureIsDrawn_LeavesNoPicture()
    {
        using var bitmap = new SKBitmap(2000, 2000);
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var row = await Uploads.StoreAsync(_silo, encoded.ToArray());
        var file = _silo.Grains.GetGrain<IFileGrain>(row.Id);

        var drawing = file.RenderAsync(Rendition.Thumbnail);
        Assert.True(await file.DeleteAsync());

        await drawing;
        foreach (var key in FileKeys.All(row.ObjectKey))
        {
            Assert.Null(await _silo.Objects.GetInfoAsync(key));
        }
    }

    [Fact]
    public async Task Delete_RowWithoutGrainState_RemovesIt()
    {
        var row = await Uploads.StoreAsync(_silo, [1]);

        Assert.True(await _silo.Grains.GetGrain<IFileGrain>(row.Id).DeleteAsync());

        Assert.Null(await _silo.Catalog.GetFileAsync(row.Id));
        Assert.Null(await _silo.Objects.GetInfoAsync(row.ObjectKey));
    }

    [Fact]
    public async Task Delete_UnknownFile_IsFalse() =>
        Assert.False(await _silo.Grains.GetGrain<IFileGrain>(Guid.CreateVersion7()).DeleteAsync());

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
