using Chitti.Domain;

namespace Chitti.Storage.Tests;

/// <summary>Contract of the file store, for every database.</summary>
public abstract class FileStoreTests(Func<Task<TestStorage>> open) : StorageTests(open)
{
    [Fact]
    public async Task AcceptAsync_AllFields_RoundTrip()
    {
        var (id, metadata) = Rows.File();
        metadata = metadata with { PartId = "P-1", BatchId = "B-1", Size = 5_000_000_000 };

        Assert.True(await Files.AcceptAsync([(id, metadata)], null));

        Assert.Equal(Rows.Queued((id, metadata)), await Files.GetAsync(id));
        Assert.Null(await Files.GetAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task AcceptAsync_New_HasAnEntryThatBecomesDueUnlessPublished()
    {
        var before = await Storage.NowAsync();

        var file = await AcceptAsync();

        var entry = await Work.GetAsync(file.Id);
        Assert.InRange(entry!.DueAt, before + IWorkLedger.PublishPatience, await Storage.NowAsync() + IWorkLedger.PublishPatience);
        Assert.Equal(new() { Id = file.Id, Kind = WorkKind.File, Attempts = 0, DueAt = entry.DueAt, Stuck = false, DeadLetter = false }, entry);
    }

    [Fact]
    public async Task AcceptAsync_Repeated_ChangesNothing()
    {
        var file = Rows.File();
        await Files.AcceptAsync([file], null);
        await Files.FailAsync(file.Id, "unreadable", Rows.Time, deadLetter: false);

        Assert.True(await Files.AcceptAsync([file], null));

        Assert.Equal(FileStatus.Failed, (await Files.GetAsync(file.Id))!.Status);
        Assert.Null(await Work.GetAsync(file.Id));
    }

    [Fact]
    public async Task AcceptAsync_OneRowRefused_StoresNone()
    {
        var good = Rows.File();
        var bad = Rows.File();
        await Storage.Idempotency.ClaimAsync("s", "k", "me", Minute, TimeSpan.FromDays(1));

        await Assert.ThrowsAnyAsync<Exception>(() => Files.AcceptAsync(
            [good, bad with { Metadata = bad.Metadata with { Name = null! } }], new("s", "k", "me", "print", "answer")));

        Assert.Null(await Files.GetAsync(good.Id));
        Assert.Null(await Work.GetAsync(good.Id));
        await Storage.Idempotency.ReleaseAsync("s", "k", "me");
        Assert.Equal(IdempotencyState.Claimed, (await Storage.Idempotency.ClaimAsync("s", "k", "other", Minute, TimeSpan.FromDays(1))).State);
    }

    [Fact]
    public async Task AcceptAsync_NoFiles_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Files.AcceptAsync([], null));

    [Fact]
    public async Task AcceptAsync_Cancelled_StoresNothing()
    {
        var file = Rows.File();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Files.AcceptAsync([file], null, new CancellationToken(canceled: true)));

        Assert.Null(await Files.GetAsync(file.Id));
    }

    [Fact]
    public async Task FindAsync_SomeAreFiles_GivesThose()
    {
        var (first, second) = (await AcceptAsync(), await AcceptAsync());

        Assert.Equal(new HashSet<Guid> { first.Id, second.Id }, await Files.FindAsync([first.Id, Guid.NewGuid(), second.Id]));
        Assert.Empty(await Files.FindAsync([]));
    }

    [Fact]
    public async Task CompleteAsync_QueuedFile_HasInspectionAndVerdict()
    {
        var file = await AcceptAsync();
        var inspection = Rows.Inspection(file.Id, Verdict.Fail, "crack", "pore", "crack") with { CreatedAt = Rows.Time.AddSeconds(1) };

        Assert.True(await Files.CompleteAsync(inspection));
        Assert.False(await Files.CompleteAsync(inspection with { CreatedAt = Rows.Time.AddSeconds(9) }));

        var stored = await Files.GetAsync(file.Id);
        var expected = file with
        {
            Status = FileStatus.Completed,
            InspectionId = inspection.Id,
            Verdict = Verdict.Fail,
            CompletedAt = Rows.Time.AddSeconds(1),
        };
        Assert.Equal(expected, stored! with { Inspection = null });
        Assert.Equal(Rows.Json(inspection), Rows.Json(stored.Inspection));
        Assert.Equal(Rows.Json(inspection), Rows.Json((await Storage.Inspections.GetAsync(inspection.Id!.Value))!.Inspection));
        Assert.Null(await Work.GetAsync(file.Id));
    }

    [Fact]
    public async Task CompleteAsync_AnotherInspection_FirstOneStays()
    {
        var file = await AcceptAsync();
        var first = Rows.Inspection(file.Id, Verdict.Pass);
        var second = Rows.Inspection(file.Id, Verdict.Fail, "crack");
        await Files.CompleteAsync(first);

        Assert.False(await Files.CompleteAsync(second));

        Assert.Equal(first.Id, (await Files.GetAsync(file.Id))!.InspectionId);
        Assert.Null(await Storage.Inspections.GetAsync(second.Id!.Value));
        Assert.Empty(await Files.ListAsync(new FileQuery { Class = "crack" }));
    }

    [Fact]
    public async Task CompleteAsync_TwoAtOnce_OneIsKept()
    {
        var file = await AcceptAsync();
        var inspections = Enumerable.Range(0, 10).Select(i => Rows.Inspection(file.Id, Verdict.Fail, $"class {i}")).ToList();

        var completed = await Task.WhenAll(inspections.Select(inspection => Files.CompleteAsync(inspection)));

        var winner = inspections[Array.IndexOf(completed, true)];
        Assert.Single(completed, done => done);
        Assert.Equal(winner.Id, (await Files.GetAsync(file.Id))!.Inspection!.Id);
        var classes = await Task.WhenAll(inspections.Select(i => Files.ListAsync(new FileQuery { Class = i.Indications[0].Class })));
        Assert.Equal(winner.Indications[0].Class, inspections[Array.FindIndex(classes, files => files.Count == 1)].Indications[0].Class);
        Assert.Single(classes, files => files.Count == 1);
    }

    [Fact]
    public async Task CompleteAsync_FileDeletedMeanwhile_DoesNotComeBack()
    {
        var file = await AcceptAsync();
        await Files.DeleteAsync(file.Id, "tester");
        var inspection = Rows.Inspection(file.Id, Verdict.Fail, "crack");

        Assert.False(await Files.CompleteAsync(inspection));

        Assert.Null(await Files.GetAsync(file.Id));
        Assert.Empty(await Files.ListAsync(new FileQuery { Class = "crack" }));
        Assert.Equal(inspection.Id, Assert.Single(await Files.GetManyAsync([file.Id])).InspectionId);
        Assert.NotNull(await Storage.Inspections.GetAsync(inspection.Id!.Value));
    }

    [Fact]
    public async Task CompleteAsync_QueuedFileWithAnInspection_EndsWithThatOne()
    {
        var file = Rows.File();
        var (first, second) = (Rows.Inspection(file.Id, Verdict.Pass), Rows.Inspection(file.Id, Verdict.Fail, "crack"));
        await Files.CompleteAsync(first);
        await Files.AcceptAsync([file], null);

        Assert.False(await Files.CompleteAsync(second));

        var stored = await Files.GetAsync(file.Id);
        Assert.Equal((FileStatus.Completed, first.Id, Verdict.Pass), (stored!.Status, stored.InspectionId, stored.Verdict));
        Assert.Null(await Work.GetAsync(file.Id));
        Assert.Null(await Storage.Inspections.GetAsync(second.Id!.Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CompleteAsync_FailedFile_StaysFailedAndCanGetAnotherInspection(bool deadLetter)
    {
        var file = await AcceptAsync();
        await Files.FailAsync(file.Id, "no detector", Rows.Time, deadLetter);
        var inspection = Rows.Inspection(file.Id, Verdict.Pass, "crack");

        Assert.False(await Files.CompleteAsync(inspection));

        Assert.Equal((FileStatus.Failed, "no detector"), ((await Files.GetAsync(file.Id))!.Status, (await Files.GetAsync(file.Id))!.Error));
        Assert.Null(await Storage.Inspections.GetAsync(inspection.Id!.Value));
        Assert.Empty(await Files.ListAsync(new FileQuery { Class = "crack" }));
        if (deadLetter)
        {
            await Files.BeginAsync(file.Id, "me", Minute);
            Assert.True(await Files.CompleteAsync(Rows.Inspection(file.Id, Verdict.Pass)));
            var stored = await Files.GetAsync(file.Id);
            Assert.Equal((FileStatus.Completed, null), (stored!.Status, stored.Error));
        }
    }

    [Fact]
    public async Task FailAsync_QueuedEndedOrUnknown_FailsOnlyTheQueued()
    {
        var (queued, completed) = (await AcceptAsync(), await AcceptAsync());
        await Files.CompleteAsync(Rows.Inspection(completed.Id));

        Assert.True(await Files.FailAsync(queued.Id, "unreadable", Rows.Time.AddSeconds(2), deadLetter: false));
        Assert.False(await Files.FailAsync(queued.Id, "again", Rows.Time.AddSeconds(3), deadLetter: true));
        Assert.False(await Files.FailAsync(completed.Id, "too late", Rows.Time, deadLetter: true));
        Assert.False(await Files.FailAsync(Guid.NewGuid(), "unknown", Rows.Time, deadLetter: false));

        Assert.Equal(queued with { Status = FileStatus.Failed, Error = "unreadable", CompletedAt = Rows.Time.AddSeconds(2) }, await Files.GetAsync(queued.Id));
        Assert.Equal(FileStatus.Completed, (await Files.GetAsync(completed.Id))!.Status);
        Assert.Null(await Work.GetAsync(queued.Id));
    }

    [Fact]
    public async Task DeleteAsync_CompletedFile_InspectionStays()
    {
        var file = await AcceptAsync();
        var inspection = Rows.Inspection(file.Id, Verdict.Fail, "crack");
        await Files.CompleteAsync(inspection);

        await Files.DeleteAsync(file.Id, "tester");
        await Files.DeleteAsync(file.Id, "another");

        Assert.Null(await Files.GetAsync(file.Id));
        Assert.Empty(await Files.ListAsync(new()));
        Assert.Equal(file.Id, Assert.Single(await Files.ListAsync(new() { IncludesDeleted = true })).Id);
        var deleted = Assert.Single(await Files.GetManyAsync([file.Id]));
        Assert.Equal(("tester", inspection.Id), (deleted.DeletedBy, deleted.Inspection?.Id));
        Assert.NotNull(deleted.DeletedAt);
        Assert.NotNull(await Storage.Inspections.GetAsync(inspection.Id!.Value));
    }

    [Fact]
    public async Task DeleteAsync_QueuedFile_EntryGoesToo()
    {
        var file = await AcceptAsync();

        await Files.DeleteAsync(file.Id, "tester");

        Assert.Null(await Work.GetAsync(file.Id));
        Assert.Equal(BeginOutcome.NothingToDo, (await Files.BeginAsync(file.Id, "me", Minute)).Outcome);
    }

    [Fact]
    public async Task DeleteAsync_Objects_AreNotedUntilTheyAreGone()
    {
        var (deleted, kept) = (await AcceptAsync(), await AcceptAsync());

        await Files.DeleteAsync(deleted.Id, "tester");
        await Files.DeleteAsync(deleted.Id, "tester");
        await Files.DeleteAsync(Guid.NewGuid(), "tester");

        Assert.Equal([(deleted.Id, deleted.Metadata.ObjectKey)], await Files.ListDeletedAsync(10));
        Assert.Empty(await Files.FindUnownedAsync([deleted.Metadata.ObjectKey, kept.Metadata.ObjectKey]));

        await Files.ForgetDeletedAsync([deleted.Id]);
        await Files.ForgetDeletedAsync([deleted.Id]);

        Assert.Empty(await Files.ListDeletedAsync(10));
        Assert.Equal([deleted.Metadata.ObjectKey], await Files.FindUnownedAsync([deleted.Metadata.ObjectKey, kept.Metadata.ObjectKey]));
    }

    [Fact]
    public async Task FindUnownedAsync_ObjectsAndRenditions_OnlyOrphansAreNamed()
    {
        var key = (await AcceptAsync()).Metadata.ObjectKey;
        var rendition = key.Replace("original", "thumbnail.jpg", StringComparison.Ordinal);
        string[] orphans = ["files/00/orphan/original", key.Replace("/original", "0/original", StringComparison.Ordinal)];

        Assert.Equal(orphans, await Files.FindUnownedAsync([key, rendition, .. orphans]));
    }

    [Fact]
    public async Task AcceptBeginAndComplete_FiveHundredAtOnce_AllAreThere()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (_, stop) =>
        {
            var file = Rows.File();
            Assert.True(await Files.AcceptAsync([file], null, stop));
            Assert.Equal(BeginOutcome.Leased, (await Files.BeginAsync(file.Id, "me", Minute, stop)).Outcome);
            await Task.WhenAll(
                Files.CompleteAsync(Rows.Inspection(file.Id, Verdict.Pass), stop),
                Files.CompleteAsync(Rows.Inspection(file.Id, Verdict.Fail), stop));
        });

        var all = await Files.ListAsync(new FileQuery { State = "completed", Limit = 1000 });
        Assert.Equal(500, all.Count);
        foreach (var file in all)
        {
            Assert.Equal(file.Verdict, (await Storage.Inspections.GetAsync(file.InspectionId!.Value))!.Inspection.Verdict);
            Assert.Null(await Work.GetAsync(file.Id));
        }
    }

    [Fact]
    public Task CheckAsync_GoodDatabase_Passes() => Storage.Probe.CheckAsync();
}
