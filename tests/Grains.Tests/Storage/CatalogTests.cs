using Chitti.Storage;

namespace Chitti.Grains.Tests.Storage;

/// <summary>What every catalog does, whatever database it is in.</summary>
public abstract class CatalogTests
{
    /// <summary>An empty one.</summary>
    private protected abstract ICatalog Catalog { get; }

    [Fact]
    public async Task AddFilesAsync_AllFields_RoundTrip()
    {
        var file = Rows.File() with { PartId = "P-1", BatchId = "B-1", Size = 5_000_000_000 };

        await Catalog.AddFilesAsync([file], null);

        Assert.Equal(file, await Catalog.GetFileAsync(file.Id));
        Assert.Null(await Catalog.GetFileAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task AddFilesAsync_Repeated_ChangesNothing()
    {
        var file = Rows.File();
        await Catalog.AddFilesAsync([file], null);
        await Catalog.FailFileAsync(file.Id, "unreadable", Rows.Time);

        await Catalog.AddFilesAsync([file], null);

        Assert.Equal("failed", (await Catalog.GetFileAsync(file.Id))!.State);
    }

    [Fact]
    public async Task AddFilesAsync_OneRowRefused_StoresNone()
    {
        var good = Rows.File();

        await Assert.ThrowsAnyAsync<Exception>(() => Catalog.AddFilesAsync([good, Rows.File() with { Name = null! }], Answer("k")));

        Assert.Null(await Catalog.GetFileAsync(good.Id));
        Assert.Equal(IdempotencyState.Claimed, (await ClaimAsync("k")).State);
    }

    [Fact]
    public async Task CompleteFileAsync_QueuedFile_HasInspectionAndVerdict()
    {
        var file = await AddAsync();
        var inspection = Rows.Inspection(file.Id, "fail", "crack", "pore");

        await Catalog.CompleteFileAsync(inspection, Rows.Time.AddSeconds(1));
        await Catalog.CompleteFileAsync(inspection, Rows.Time.AddSeconds(9));

        var expected = file with { State = "completed", InspectionId = inspection.Id, Verdict = "fail", CompletedAt = Rows.Time.AddSeconds(1) };
        Assert.Equal(expected, await Catalog.GetFileAsync(file.Id));
        Assert.Equal(inspection.Document, await Catalog.GetInspectionAsync(inspection.Id));
    }

    [Fact]
    public async Task CompleteFileAsync_AnotherInspection_FirstOneStays()
    {
        var file = await AddAsync();
        var first = Rows.Inspection(file.Id, "pass");
        var second = Rows.Inspection(file.Id, "fail", "crack");
        await Catalog.CompleteFileAsync(first, Rows.Time);

        await Catalog.CompleteFileAsync(second, Rows.Time);

        Assert.Equal(first.Id, (await Catalog.GetFileAsync(file.Id))!.InspectionId);
        Assert.Null(await Catalog.GetInspectionAsync(second.Id));
        Assert.Empty(await Catalog.ListFilesAsync(new FileQuery { Class = "crack" }));
    }

    [Fact]
    public async Task CompleteFileAsync_FileDeletedMeanwhile_DoesNotComeBack()
    {
        var file = await AddAsync();
        await Catalog.DeleteFileAsync(file.Id);
        var inspection = Rows.Inspection(file.Id, "fail", "crack");

        await Catalog.CompleteFileAsync(inspection, Rows.Time);

        Assert.Null(await Catalog.GetFileAsync(file.Id));
        Assert.Empty(await Catalog.ListFilesAsync(new FileQuery { Class = "crack" }));
        Assert.NotNull(await Catalog.GetInspectionAsync(inspection.Id));
    }

    [Fact]
    public async Task CompleteFileAsync_FailedFile_Completes()
    {
        var file = await AddAsync();
        await Catalog.FailFileAsync(file.Id, "no detector", Rows.Time);

        await Catalog.CompleteFileAsync(Rows.Inspection(file.Id, "pass"), Rows.Time);

        var row = await Catalog.GetFileAsync(file.Id);
        Assert.Equal(("completed", null), (row!.State, row.Error));
    }

    [Fact]
    public async Task FailFileAsync_OnlyQueued_IsFailed()
    {
        var (queued, completed) = (await AddAsync(), await AddAsync());
        await Catalog.CompleteFileAsync(Rows.Inspection(completed.Id), Rows.Time);

        await Catalog.FailFileAsync(queued.Id, "unreadable", Rows.Time.AddSeconds(2));
        await Catalog.FailFileAsync(completed.Id, "too late", Rows.Time);

        Assert.Equal(queued with { State = "failed", Error = "unreadable", CompletedAt = Rows.Time.AddSeconds(2) }, await Catalog.GetFileAsync(queued.Id));
        Assert.Equal("completed", (await Catalog.GetFileAsync(completed.Id))!.State);
    }

    [Fact]
    public async Task DeleteFileAsync_CompletedFile_InspectionStays()
    {
        var file = await AddAsync();
        var inspection = Rows.Inspection(file.Id, "fail", "crack");
        await Catalog.CompleteFileAsync(inspection, Rows.Time);

        await Catalog.DeleteFileAsync(file.Id);
        await Catalog.DeleteFileAsync(file.Id);

        Assert.Null(await Catalog.GetFileAsync(file.Id));
        Assert.NotNull(await Catalog.GetInspectionAsync(inspection.Id));
    }

    [Fact]
    public async Task ListUnpublished_ConfirmedFinishedOrYoung_AreLeftOut()
    {
        var old = await AddAsync(Rows.Time);
        var older = await AddAsync(Rows.Time.AddHours(-1));
        var published = await AddAsync(Rows.Time.AddSeconds(1));
        var failed = await AddAsync(Rows.Time);
        await AddAsync(Rows.Time.AddHours(1));
        await Catalog.MarkPublishedAsync([published.Id]);
        await Catalog.FailFileAsync(failed.Id, "x", Rows.Time);
        var before = Rows.Time.AddMinutes(1);

        Assert.Equal([older.Id, old.Id], await Catalog.ListUnpublishedFilesAsync(before, 10));
        Assert.Equal([older.Id], await Catalog.ListUnpublishedFilesAsync(before, 1));
        await Catalog.MarkPublishedAsync([old.Id, older.Id]);
        Assert.Empty(await Catalog.ListUnpublishedFilesAsync(before, 10));
        await Catalog.MarkUnpublishedAsync(older.Id);
        Assert.Equal([older.Id], await Catalog.ListUnpublishedFilesAsync(before, 10));
        await Catalog.MarkAllUnpublishedAsync();
        Assert.Equal([older.Id, old.Id, published.Id], await Catalog.ListUnpublishedFilesAsync(before, 10));
    }

    [Fact]
    public async Task Reports_LifeOfOne_IsListedUntilConfirmedOrEnded()
    {
        // Ids of one millisecond have no order among themselves.
        var (confirmed, ended, waiting) = (Guid.CreateVersion7(Rows.Time), Guid.CreateVersion7(Rows.Time), Guid.CreateVersion7(Rows.Time.AddSeconds(1)));
        foreach (var id in new[] { confirmed, ended, waiting })
        {
            await Catalog.AddReportAsync(id, Rows.Time);
        }

        await Catalog.MarkPublishedAsync([confirmed]);
        await Catalog.EndReportAsync(ended, "ready", Rows.Time);

        await Catalog.AddReportAsync(ended, Rows.Time);
        await Catalog.EndReportAsync(ended, "failed", Rows.Time);

        Assert.Equal([waiting], await Catalog.ListUnpublishedReportsAsync(Rows.Time.AddSeconds(1), 10));
        await Catalog.MarkAllUnpublishedAsync();
        Assert.Equal([confirmed, waiting], await Catalog.ListUnpublishedReportsAsync(Rows.Time.AddSeconds(1), 10));
        Assert.Empty(await Catalog.ListUnpublishedReportsAsync(Rows.Time, 10));
    }

    [Fact]
    public async Task UpsertProfileAsync_OlderVersionArrivesLate_NewerStays()
    {
        var newer = new ProfileRow("weld", 2, """{"v":2}""", Rows.Time);
        var casting = new ProfileRow("casting", 1, "{}", Rows.Time);
        await Catalog.UpsertProfileAsync(newer);
        await Catalog.UpsertProfileAsync(newer with { Version = 1, Document = "{}" });
        await Catalog.UpsertProfileAsync(casting);

        Assert.Equal([casting, newer], await Catalog.ListProfilesAsync(null, 10));
        Assert.Equal([newer], await Catalog.ListProfilesAsync("casting", 10));
        Assert.Equal([casting], await Catalog.ListProfilesAsync(null, 1));
    }

    [Fact]
    public async Task FindUnownedAsync_ObjectsAndRenditions_OnlyOrphansAreNamed()
    {
        var file = await AddAsync();
        var rendition = file.ObjectKey.Replace("original", "thumbnail.jpg", StringComparison.Ordinal);
        string[] orphans = ["files/00/orphan/original", file.ObjectKey.Replace("/original", "0/original", StringComparison.Ordinal)];

        Assert.Equal(orphans, await Catalog.FindUnownedAsync([file.ObjectKey, rendition, .. orphans]));
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
        await Catalog.AddFilesAsync([Rows.File()], Answer("k"));
        await Catalog.AddFilesAsync([Rows.File()], Answer("k") with { Answer = "second" });
        await Catalog.ReleaseAllAsync();

        Assert.Equal(new(IdempotencyState.Answered, "print", "first"), await ClaimAsync("k"));
        Assert.Equal(IdempotencyState.Claimed, (await Catalog.ClaimAsync("other", "k", Rows.Time, Rows.Time)).State);
        Assert.Equal(IdempotencyState.Claimed, (await Catalog.ClaimAsync("s", "k", Rows.Time, Rows.Time.AddMilliseconds(1))).State);
    }

    [Fact]
    public async Task ReleaseAsync_AnsweredByAnAttemptThatFailedLater_ForgetsTheAnswer()
    {
        await ClaimAsync("k");
        await Catalog.AddFilesAsync([Rows.File()], Answer("k"));

        await Catalog.ReleaseAsync("s", "k");

        Assert.Equal(IdempotencyState.Claimed, (await ClaimAsync("k")).State);
    }

    [Fact]
    public async Task Release_UnansweredClaims_CanBeClaimedAgain()
    {
        await ClaimAsync("a");
        await ClaimAsync("b");

        await Catalog.ReleaseAsync("s", "a");
        Assert.Equal(IdempotencyState.Claimed, (await ClaimAsync("a")).State);
        Assert.Equal(IdempotencyState.Running, (await ClaimAsync("b")).State);
        await Catalog.ReleaseAllAsync();

        Assert.Equal(IdempotencyState.Claimed, (await ClaimAsync("b")).State);
    }

    [Fact]
    public async Task AddCompleteAndFlush_FiveHundredAtOnce_AllAreThere()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (_, stop) =>
        {
            var file = Rows.File();
            await Catalog.AddFilesAsync([file], null, stop);
            await Catalog.FlushAsync(stop);
            await Task.WhenAll(
                Catalog.CompleteFileAsync(Rows.Inspection(file.Id, "pass"), Rows.Time, stop),
                Catalog.CompleteFileAsync(Rows.Inspection(file.Id, "fail"), Rows.Time, stop));
        });

        var all = await Catalog.ListFilesAsync(new FileQuery { State = "completed", Limit = 1000 });
        Assert.Equal(500, all.Count);
        foreach (var file in all)
        {
            Assert.Contains(file.Verdict!, await Catalog.GetInspectionAsync(file.InspectionId!.Value));
        }
    }

    [Fact]
    public Task CheckAsync_GoodDatabase_Passes() => Catalog.CheckAsync();

    private static IdempotentAnswer Answer(string key) => new("s", key, "print", "first");

    private Task<IdempotencyClaim> ClaimAsync(string key) => Catalog.ClaimAsync("s", key, Rows.Time, Rows.Time.AddDays(-1));

    private async Task<FileRow> AddAsync(DateTimeOffset? at = null)
    {
        var file = Rows.File(at);
        await Catalog.AddFilesAsync([file], null);
        return file;
    }

    [Fact]
    public async Task ListFilesAsync_PageByPage_GivesEachOnceNewestFirst()
    {
        var files = await AddManyAsync(25);
        var seen = new List<Guid>();
        Guid? before = null;

        while (await Catalog.ListFilesAsync(new FileQuery { Limit = 10, Before = before }) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(f => f.Id));
            before = page[^1].Id;
        }

        Assert.Equal(files.Select(f => f.Id).Reverse(), seen);
    }

    [Fact]
    public async Task ListFilesAsync_EachFilter_NarrowsAsAsked()
    {
        var files = await AddManyAsync(6);
        await Catalog.CompleteFileAsync(Rows.Inspection(files[0].Id, "fail", "crack", "pore"), Rows.Time);
        await Catalog.CompleteFileAsync(Rows.Inspection(files[1].Id, "review", "crack"), Rows.Time);
        await Catalog.CompleteFileAsync(Rows.Inspection(files[2].Id, "pass"), Rows.Time);
        await Catalog.FailFileAsync(files[3].Id, "unreadable", Rows.Time);

        await AssertAsync(new() { State = "queued" }, 5, 4);
        await AssertAsync(new() { State = "failed" }, 3);
        await AssertAsync(new() { State = "completed" }, 2, 1, 0);
        await AssertAsync(new() { Verdict = "fail" }, 0);
        await AssertAsync(new() { Class = "crack" }, 1, 0);
        await AssertAsync(new() { Class = "crack", Before = files[1].Id }, 0);
        await AssertAsync(new() { Class = "crack", Verdict = "review" }, 1);
        await AssertAsync(new() { PartId = "part 1" }, 5, 3, 1);
        await AssertAsync(new() { BatchId = "batch 2", State = "queued" }, 5);
        await AssertAsync(new() { From = files[1].CreatedAt, To = files[3].CreatedAt }, 2, 1);
        await AssertAsync(new() { To = files[1].CreatedAt.AddTicks(1) }, 1, 0);
        await AssertAsync(new() { To = DateTimeOffset.MaxValue }, 5, 4, 3, 2, 1, 0);
        await AssertAsync(new() { PartId = "part 1' OR 1=1 --" });

        async Task AssertAsync(FileQuery query, params int[] expected) =>
            Assert.Equal(expected.Select(i => files[i].Id), (await Catalog.ListFilesAsync(query)).Select(f => f.Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task ListFilesAsync_LimitOutOfRange_IsRefused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Catalog.ListFilesAsync(new FileQuery { Limit = limit }));

    private async Task<List<FileRow>> AddManyAsync(int count)
    {
        var files = Enumerable.Range(0, count)
            .Select(i => Rows.File(Rows.Time.AddMinutes(i)) with { PartId = $"part {i % 2}", BatchId = $"batch {i % 3}" })
            .ToList();
        await Catalog.AddFilesAsync(files, null);
        return files;
    }
}
