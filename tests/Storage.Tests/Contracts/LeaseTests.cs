namespace Chitti.Storage.Tests;

/// <summary>Contract of leases on files and reports, for every database.</summary>
public abstract class LeaseTests(Func<Task<TestStorage>> open) : LedgerTests(open)
{
    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginAsync_Free_TakesTheLeaseAndCountsAnAttempt(WorkKind kind)
    {
        var id = await AddAsync(kind);
        var before = await Storage.NowAsync();

        var begun = await BeginAsync(kind, id, "me", Minute);

        var after = await Storage.NowAsync();
        Assert.Equal((BeginOutcome.Leased, "Queued", 1, null), begun);
        var entry = await EntryAsync(id);
        Assert.Equal((kind, 1, "me", entry.LeaseUntil), (entry.Kind, entry.Attempts, entry.LeaseHolder, entry.DueAt));
        Assert.InRange(entry.LeaseUntil!.Value, before + Minute, after + Minute);
        Assert.InRange(entry.PublishedAt!.Value, before, after);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginAsync_Published_KeepsThePublicationTime(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await Work.MarkPublishedAsync([id]);
        await Storage.PassAsync(Minute);
        var published = (await EntryAsync(id)).PublishedAt;

        await BeginAsync(kind, id, "me");

        Assert.Equal(published, (await EntryAsync(id)).PublishedAt);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginAsync_HeldByOther_ChangesNothing(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await BeginAsync(kind, id, "me");
        var entry = await EntryAsync(id);

        Assert.Equal((BeginOutcome.HeldByOther, "Queued", 0, null), await BeginAsync(kind, id, "other"));

        Assert.Equal(entry, await EntryAsync(id));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginAsync_TwentyAtOnce_OneHasTheLease(WorkKind kind)
    {
        var id = await AddAsync(kind);

        var begun = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => BeginAsync(kind, id, $"holder {i}")));

        Assert.Single(begun, one => one.Outcome == BeginOutcome.Leased);
        Assert.Equal(19, begun.Count(one => one.Outcome == BeginOutcome.HeldByOther));
        var entry = await EntryAsync(id);
        Assert.Equal((1, $"holder {Array.FindIndex(begun, one => one.Outcome == BeginOutcome.Leased)}"), (entry.Attempts, entry.LeaseHolder));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginAsync_LeaseEnded_TakesOver(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await BeginAsync(kind, id, "dead");
        await Work.RecordFailureAsync(id, "dead", "first");
        await BeginAsync(kind, id, "dead too");
        await Storage.PassAsync(Minute);

        // The second attempt recorded no failure: its process crashed.
        Assert.Equal((BeginOutcome.Leased, "Queued", 3, null), await BeginAsync(kind, id, "me"));

        Assert.False(await Work.RenewAsync(id, "dead too", Minute));
        Assert.False(await Work.RecordFailureAsync(id, "dead too", "late"));
        Assert.Null(await Work.RecordOutageAsync(id, "dead too", "late", Minute, retryAfter: null));
        await Work.ReleaseAsync(id, "dead too");
        var entry = await EntryAsync(id);
        Assert.Equal((3, "me", null), (entry.Attempts, entry.LeaseHolder, entry.LastError));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginAsync_ClockSetBackByDays_TakesOver(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await BeginAsync(kind, id, "before");
        await Storage.PassAsync(TimeSpan.FromDays(-2));

        Assert.Equal(BeginOutcome.Leased, (await BeginAsync(kind, id, "me")).Outcome);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginAsync_EndedOrUnknown_HasNothingToDo(WorkKind kind)
    {
        var (completed, failed) = (await AddAsync(kind), await AddAsync(kind));
        await CompleteAsync(kind, completed);
        await FailAsync(kind, failed, "unreadable", deadLetter: false);

        Assert.Equal((BeginOutcome.NothingToDo, kind == WorkKind.File ? "Completed" : "Ready", 0, null), await BeginAsync(kind, completed, "me"));
        Assert.Equal((BeginOutcome.NothingToDo, "Failed", 0, null), await BeginAsync(kind, failed, "me"));
        Assert.Equal((BeginOutcome.NothingToDo, null, 0, null), await BeginAsync(kind, Guid.NewGuid(), "me"));
        Assert.Null(await Work.GetAsync(completed));
        Assert.Null(await Work.GetAsync(failed));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginAsync_OfTheOtherKind_HasNothingToDo(WorkKind kind)
    {
        var id = await AddAsync(kind);

        var begun = await BeginAsync(kind == WorkKind.File ? WorkKind.Report : WorkKind.File, id, "me");

        Assert.Equal((BeginOutcome.NothingToDo, null, 0, null), begun);
        Assert.Equal(0, (await EntryAsync(id)).Attempts);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginAsync_DeadLetter_GoesBackToWork(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await BeginAsync(kind, id, "me");
        await Work.RecordFailureAsync(id, "me", "first");
        await BeginAsync(kind, id, "me");
        Assert.True(await FailAsync(kind, id, "given up by the broker", deadLetter: true));
        Assert.Equal(("Failed", "given up by the broker"), await GetAsync(kind, id));
        Assert.False(await Work.RenewAsync(id, "me", Minute));

        Assert.Equal((BeginOutcome.Leased, "Queued", 1, null), await BeginAsync(kind, id, "again"));

        Assert.Equal(("Queued", null), await GetAsync(kind, id));
        var entry = await EntryAsync(id);
        Assert.Equal((1, "again", false), (entry.Attempts, entry.LeaseHolder, entry.DeadLetter));
        Assert.True(await CompleteAsync(kind, id));
        Assert.Null(await Work.GetAsync(id));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginAsync_DeadLetterByTwentyAtOnce_OneHasTheLease(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await FailAsync(kind, id, "given up by the broker", deadLetter: true);

        var begun = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => BeginAsync(kind, id, $"holder {i}")));

        Assert.Single(begun, one => one.Outcome == BeginOutcome.Leased);
        Assert.Equal(("Queued", null), await GetAsync(kind, id));
        Assert.Equal(1, (await EntryAsync(id)).Attempts);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginAndFail_AtOnce_EndInOneOfTwoStates(WorkKind kind)
    {
        for (var round = 0; round < 20; round++)
        {
            var id = await AddAsync(kind);
            await FailAsync(kind, id, "first", deadLetter: true);
            var begin = BeginAsync(kind, id, "me");
            var fail = FailAsync(kind, id, "second", deadLetter: true);
            await Task.WhenAll(begin, fail);

            // Queued with a live entry, or failed with a dead letter: any other state would never end.
            var (state, _) = await GetAsync(kind, id);
            var entry = await EntryAsync(id);
            Assert.Equal(state == "Failed", entry.DeadLetter);
            Assert.Equal(state == "Failed" ? null : "me", entry.LeaseHolder);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(25 * 60)]
    public async Task BeginAsync_DurationOutOfRange_IsRefused(int minutes)
    {
        var id = await AddAsync(WorkKind.File);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => BeginAsync(WorkKind.File, id, "me", TimeSpan.FromMinutes(minutes)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => BeginAsync(WorkKind.Report, id, "me", TimeSpan.FromMinutes(minutes)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Work.RenewAsync(id, "me", TimeSpan.FromMinutes(minutes)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task RenewAsync_WhileHeld_MovesItsEnd(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await BeginAsync(kind, id, "me");
        await Storage.PassAsync(0.9 * Minute);
        var before = await Storage.NowAsync();

        Assert.True(await Work.RenewAsync(id, "me", Minute));
        Assert.False(await Work.RenewAsync(id, "other", Minute));

        var entry = await EntryAsync(id);
        Assert.InRange(entry.LeaseUntil!.Value, before + Minute, await Storage.NowAsync() + Minute);
        Assert.Equal(entry.LeaseUntil, entry.DueAt);
        await Storage.PassAsync(0.9 * Minute);
        Assert.Equal(BeginOutcome.HeldByOther, (await BeginAsync(kind, id, "other")).Outcome);
        Assert.Empty(await Work.ListDueAsync(kind, 10));
    }
}
