using Chitti.Storage;

namespace Chitti.Grains.Tests.Storage;

public sealed class SqliteCatalogTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteCatalog _catalog;

    public SqliteCatalogTests()
    {
        _database = new SqliteDatabase(new SqliteOptions { Path = _folder["data/chitti.db"] });
        _catalog = new SqliteCatalog(_database);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AddFilesAsync_AllFields_RoundTrip()
    {
        var file = Rows.File() with { PartId = "P-1", BatchId = "B-1", Size = 5_000_000_000 };

        await _catalog.AddFilesAsync([file], null);

        Assert.Equal(file, await _catalog.GetFileAsync(file.Id));
        Assert.Null(await _catalog.GetFileAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task AddFilesAsync_Repeated_ChangesNothing()
    {
        var file = Rows.File();
        await _catalog.AddFilesAsync([file], null);
        await _catalog.FailFileAsync(file.Id, "unreadable", Rows.Time);

        await _catalog.AddFilesAsync([file], null);

        Assert.Equal("failed", (await _catalog.GetFileAsync(file.Id))!.State);
    }

    [Fact]
    public async Task AddFilesAsync_OneRowRefused_StoresNone()
    {
        var good = Rows.File();

        await Assert.ThrowsAnyAsync<Exception>(() => _catalog.AddFilesAsync([good, Rows.File() with { Name = null! }], Answer("k")));

        Assert.Null(await _catalog.GetFileAsync(good.Id));
        Assert.Equal(IdempotencyState.Claimed, (await ClaimAsync("k")).State);
    }

    [Fact]
    public async Task CompleteFileAsync_QueuedFile_HasInspectionAndVerdict()
    {
        var file = await AddAsync();
        var inspection = Rows.Inspection(file.Id, "fail", "crack", "pore");

        await _catalog.CompleteFileAsync(inspection, Rows.Time.AddSeconds(1));
        await _catalog.CompleteFileAsync(inspection, Rows.Time.AddSeconds(9));

        var expected = file with { State = "completed", InspectionId = inspection.Id, Verdict = "fail", CompletedAt = Rows.Time.AddSeconds(1) };
        Assert.Equal(expected, await _catalog.GetFileAsync(file.Id));
        Assert.Equal(inspection.Document, await _catalog.GetInspectionAsync(inspection.Id));
    }

    [Fact]
    public async Task CompleteFileAsync_AnotherInspection_FirstOneStays()
    {
        var file = await AddAsync();
        var first = Rows.Inspection(file.Id, "pass");
        var second = Rows.Inspection(file.Id, "fail", "crack");
        await _catalog.CompleteFileAsync(first, Rows.Time);

        await _catalog.CompleteFileAsync(second, Rows.Time);

        Assert.Equal(first.Id, (await _catalog.GetFileAsync(file.Id))!.InspectionId);
        Assert.Null(await _catalog.GetInspectionAsync(second.Id));
        Assert.Empty(await _catalog.ListFilesAsync(new FileQuery { Class = "crack" }));
    }

    [Fact]
    public async Task CompleteFileAsync_FileDeletedMeanwhile_DoesNotComeBack()
    {
        var file = await AddAsync();
        await _catalog.DeleteFileAsync(file.Id);
        var inspection = Rows.Inspection(file.Id, "fail", "crack");

        await _catalog.CompleteFileAsync(inspection, Rows.Time);

        Assert.Null(await _catalog.GetFileAsync(file.Id));
        Assert.Empty(await _catalog.ListFilesAsync(new FileQuery { Class = "crack" }));
        Assert.NotNull(await _catalog.GetInspectionAsync(inspection.Id));
    }

    [Fact]
    public async Task CompleteFileAsync_FailedFile_Completes()
    {
        var file = await AddAsync();
        await _catalog.FailFileAsync(file.Id, "no detector", Rows.Time);

        await _catalog.CompleteFileAsync(Rows.Inspection(file.Id, "pass"), Rows.Time);

        var row = await _catalog.GetFileAsync(file.Id);
        Assert.Equal(("completed", null), (row!.State, row.Error));
    }

    [Fact]
    public async Task FailFileAsync_OnlyQueued_IsFailed()
    {
        var (queued, completed) = (await AddAsync(), await AddAsync());
        await _catalog.CompleteFileAsync(Rows.Inspection(completed.Id), Rows.Time);

        await _catalog.FailFileAsync(queued.Id, "unreadable", Rows.Time.AddSeconds(2));
        await _catalog.FailFileAsync(completed.Id, "too late", Rows.Time);

        Assert.Equal(queued with { State = "failed", Error = "unreadable", CompletedAt = Rows.Time.AddSeconds(2) }, await _catalog.GetFileAsync(queued.Id));
        Assert.Equal("completed", (await _catalog.GetFileAsync(completed.Id))!.State);
    }

    [Fact]
    public async Task DeleteFileAsync_CompletedFile_InspectionStays()
    {
        var file = await AddAsync();
        var inspection = Rows.Inspection(file.Id, "fail", "crack");
        await _catalog.CompleteFileAsync(inspection, Rows.Time);

        await _catalog.DeleteFileAsync(file.Id);
        await _catalog.DeleteFileAsync(file.Id);

        Assert.Null(await _catalog.GetFileAsync(file.Id));
        Assert.NotNull(await _catalog.GetInspectionAsync(inspection.Id));
    }

    [Fact]
    public async Task ListUnpublished_ConfirmedFinishedOrYoung_AreLeftOut()
    {
        var old = await AddAsync(Rows.Time);
        var older = await AddAsync(Rows.Time.AddHours(-1));
        var published = await AddAsync(Rows.Time.AddSeconds(1));
        var failed = await AddAsync(Rows.Time);
        await AddAsync(Rows.Time.AddHours(1));
        await _catalog.MarkPublishedAsync([published.Id]);
        await _catalog.FailFileAsync(failed.Id, "x", Rows.Time);
        var before = Rows.Time.AddMinutes(1);

        Assert.Equal([older.Id, old.Id], await _catalog.ListUnpublishedFilesAsync(before, 10));
        Assert.Equal([older.Id], await _catalog.ListUnpublishedFilesAsync(before, 1));
        await _catalog.MarkPublishedAsync([old.Id, older.Id]);
        Assert.Empty(await _catalog.ListUnpublishedFilesAsync(before, 10));
        await _catalog.MarkUnpublishedAsync(older.Id);
        Assert.Equal([older.Id], await _catalog.ListUnpublishedFilesAsync(before, 10));
        await _catalog.MarkAllUnpublishedAsync();
        Assert.Equal([older.Id, old.Id, published.Id], await _catalog.ListUnpublishedFilesAsync(before, 10));
    }

    [Fact]
    public async Task Reports_LifeOfOne_IsListedUntilConfirmedOrEnded()
    {
        // Ids of one millisecond have no order among themselves.
        var (confirmed, ended, waiting) = (Guid.CreateVersion7(Rows.Time), Guid.CreateVersion7(Rows.Time), Guid.CreateVersion7(Rows.Time.AddSeconds(1)));
        foreach (var id in new[] { confirmed, ended, waiting })
            await _catalog.AddReportAsync(id, Rows.Time);
        await _catalog.MarkPublishedAsync([confirmed]);
        await _catalog.EndReportAsync(ended, "ready", Rows.Time);

        await _catalog.AddReportAsync(ended, Rows.Time);
        await _catalog.EndReportAsync(ended, "failed", Rows.Time);

        Assert.Equal([waiting], await _catalog.ListUnpublishedReportsAsync(Rows.Time.AddSeconds(1), 10));
        await _catalog.MarkAllUnpublishedAsync();
        Assert.Equal([confirmed, waiting], await _catalog.ListUnpublishedReportsAsync(Rows.Time.AddSeconds(1), 10));
        Assert.Empty(await _catalog.ListUnpublishedReportsAsync(Rows.Time, 10));
    }

    [Fact]
    public async Task UpsertProfileAsync_OlderVersionArrivesLate_NewerStays()
    {
        var newer = new ProfileRow("weld", 2, """{"v":2}""", Rows.Time);
        var casting = new ProfileRow("casting", 1, "{}", Rows.Time);
        await _catalog.UpsertProfileAsync(newer);
        await _catalog.UpsertProfileAsync(newer with { Version = 1, Document = "{}" });
        await _catalog.UpsertProfileAsync(casting);

        Assert.Equal([casting, newer], await _catalog.ListProfilesAsync(null, 10));
        Assert.Equal([newer], await _catalog.ListProfilesAsync("casting", 10));
        Assert.Equal([casting], await _catalog.ListProfilesAsync(null, 1));
    }

    [Fact]
    public async Task FindUnownedAsync_ObjectsAndRenditions_OnlyOrphansAreNamed()
    {
        var file = await AddAsync();
        var rendition = file.ObjectKey.Replace("original", "thumbnail.jpg", StringComparison.Ordinal);
        string[] orphans = ["files/00/orphan/original", file.ObjectKey.Replace("/original", "0/original", StringComparison.Ordinal)];

        Assert.Equal(orphans, await _catalog.FindUnownedAsync([file.ObjectKey, rendition, .. orphans]));
    }

    [Fact]
    public async Task ClaimAsync_TwentyAtOnce_OneHasIt()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ClaimAsync("k")));

        Assert.Single(claims, c => c.State == IdempotencyState.Claimed);
        Assert.Equal(19, claims.Count(c => c.State == IdempotencyState.Running));
    }

    [Fact]
    public async Task ClaimAsync_Answered_GivesTheFirstAnswer()
    {
        await ClaimAsync("k");
        await _catalog.AddFilesAsync([Rows.File()], Answer("k"));
        await _catalog.AddFilesAsync([Rows.File()], Answer("k") with { Answer = "second" });
        await _catalog.ReleaseAllAsync();

        Assert.Equal(new(IdempotencyState.Answered, "print", "first"), await ClaimAsync("k"));
        Assert.Equal(IdempotencyState.Claimed, (await _catalog.ClaimAsync("other", "k", Rows.Time, Rows.Time)).State);
        Assert.Equal(IdempotencyState.Claimed, (await _catalog.ClaimAsync("s", "k", Rows.Time, Rows.Time.AddMilliseconds(1))).State);
    }

    [Fact]
    public async Task ReleaseAsync_AnsweredByAnAttemptThatFailedLater_ForgetsTheAnswer()
    {
        await ClaimAsync("k");
        await _catalog.AddFilesAsync([Rows.File()], Answer("k"));

        await _catalog.ReleaseAsync("s", "k");

        Assert.Equal(IdempotencyState.Claimed, (await ClaimAsync("k")).State);
    }

    [Fact]
    public async Task Release_UnansweredClaims_CanBeClaimedAgain()
    {
        await ClaimAsync("a");
        await ClaimAsync("b");

        await _catalog.ReleaseAsync("s", "a");
        Assert.Equal(IdempotencyState.Claimed, (await ClaimAsync("a")).State);
        Assert.Equal(IdempotencyState.Running, (await ClaimAsync("b")).State);
        await _catalog.ReleaseAllAsync();

        Assert.Equal(IdempotencyState.Claimed, (await ClaimAsync("b")).State);
    }

    [Fact]
    public async Task AddCompleteAndFlush_FiveHundredAtOnce_AllAreThere()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (_, stop) =>
        {
            var file = Rows.File();
            await _catalog.AddFilesAsync([file], null, stop);
            await _catalog.FlushAsync(stop);
            await Task.WhenAll(
                _catalog.CompleteFileAsync(Rows.Inspection(file.Id, "pass"), Rows.Time, stop),
                _catalog.CompleteFileAsync(Rows.Inspection(file.Id, "fail"), Rows.Time, stop));
        });

        var all = await _catalog.ListFilesAsync(new FileQuery { State = "completed", Limit = 1000 });
        Assert.Equal(500, all.Count);
        foreach (var file in all)
            Assert.Contains(file.Verdict!, await _catalog.GetInspectionAsync(file.InspectionId!.Value));
    }

    [Fact]
    public Task CheckAsync_GoodDatabase_Passes() => _catalog.CheckAsync();

    private static IdempotentAnswer Answer(string key) => new("s", key, "print", "first");

    private Task<IdempotencyClaim> ClaimAsync(string key) => _catalog.ClaimAsync("s", key, Rows.Time, Rows.Time.AddDays(-1));

    private async Task<FileRow> AddAsync(DateTimeOffset? at = null)
    {
        var file = Rows.File(at);
        await _catalog.AddFilesAsync([file], null);
        return file;
    }
}
