namespace Chitti.Storage.Tests;

/// <summary>Contract of the work ledger, for every database.</summary>
public abstract class WorkLedgerTests(Func<Task<TestStorage>> open) : LedgerTests(open)
{
    [Theory, MemberData(nameof(Kinds))]
    public async Task RecordFailureAsync_Held_IsDueAtOnceWithTheAttemptCounted(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await Work.MarkPublishedAsync([id]);
        await BeginAsync(kind, id, "me");

        Assert.True(await Work.RecordFailureAsync(id, "me", "unreadable"));
        Assert.False(await Work.RecordFailureAsync(id, "me", "twice"));

        var entry = await EntryAsync(id);
        Assert.Equal((1, null, null, null, "unreadable"), (entry.Attempts, entry.LeaseHolder, entry.LeaseUntil, entry.PublishedAt, entry.LastError));
        Assert.Equal([id], await Work.ListDueAsync(kind, 10));
        Assert.Equal((BeginOutcome.Leased, "Queued", 2, "unreadable"), await BeginAsync(kind, id, "me"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task RecordOutageAsync_Held_IsLeftToTheBrokerAndCostsNoAttempt(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await BeginAsync(kind, id, "me");
        var (published, before) = ((await EntryAsync(id)).PublishedAt, await Storage.NowAsync());

        var note = await Work.RecordOutageAsync(id, "me", "no detector", Minute, retryAfter: null);

        var after = await Storage.NowAsync();
        var entry = await EntryAsync(id);
        Assert.Equal((entry.OutageSince, false, false), (note!.Since, note.Stuck, note.BecameStuck));
        Assert.InRange(note.Since, before, after);
        Assert.Equal((0, null, null, published, "no detector"), (entry.Attempts, entry.LeaseHolder, entry.LeaseUntil, entry.PublishedAt, entry.LastError));
        Assert.InRange(entry.DueAt, before + IWorkLedger.MessagePatience, after + IWorkLedger.MessagePatience);
        Assert.Null(await Work.RecordOutageAsync(id, "me", "twice", Minute, retryAfter: null));
        Assert.Equal(1, (await BeginAsync(kind, id, "me")).Attempt);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task RecordOutageAsync_MessageAcknowledgedBefore_IsDueAfterThePause(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await BeginAsync(kind, id, "me");

        await Work.RecordOutageAsync(id, "me", "no detector", Minute, retryAfter: Minute);

        Assert.DoesNotContain(id, await Work.ListDueAsync(kind, 10));
        await Storage.PassAsync(Minute);
        Assert.Contains(id, await Work.ListDueAsync(kind, 10));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginPublishingAsync_LeaseThatEnded_IsNotDueUntilTheMessageCountsAsLost(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await BeginAsync(kind, id, "dead");
        await Storage.PassAsync(Minute + Minute);
        Assert.Contains(id, await Work.ListDueAsync(kind, 10));

        await PublishAsync(id);

        await Storage.PassAsync(IWorkLedger.PublishPatience + Minute);
        Assert.DoesNotContain(id, await Work.ListDueAsync(kind, 10));
        Assert.Equal((BeginOutcome.Leased, "Queued", 2, null), await BeginAsync(kind, id, "next"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task RecordOutageAsync_ForLongerThanAllowed_IsStuckUntilAnAttemptFails(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await BeginAsync(kind, id, "me");
        await Work.RecordOutageAsync(id, "me", "no detector", TimeSpan.FromHours(1), retryAfter: null);
        Assert.Equal(0, await Work.CountStuckAsync());
        await Storage.PassAsync(TimeSpan.FromMinutes(61));
        var since = (await EntryAsync(id)).OutageSince;

        await BeginAsync(kind, id, "me");
        Assert.Equal(new(since!.Value, Stuck: true, BecameStuck: true), await Work.RecordOutageAsync(id, "me", "no detector", TimeSpan.FromHours(1), retryAfter: null));
        await BeginAsync(kind, id, "me");
        Assert.Equal(new(since.Value, Stuck: true, BecameStuck: false), await Work.RecordOutageAsync(id, "me", "no detector", TimeSpan.FromHours(2), retryAfter: null));

        Assert.Equal(1, await Work.CountStuckAsync());
        await BeginAsync(kind, id, "me");
        Assert.True((await EntryAsync(id)).Stuck);
        await Work.RecordFailureAsync(id, "me", "unreadable");
        var entry = await EntryAsync(id);
        Assert.Equal((false, null), (entry.Stuck, entry.OutageSince));
        Assert.Equal(0, await Work.CountStuckAsync());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task CountUnfinishedAsync_SomeEndedAndOtherKinds_CountsThoseOfTheKindUpToTheLimit(WorkKind kind)
    {
        Guid[] ids = [await AddAsync(kind), await AddAsync(kind), await AddAsync(kind), await AddAsync(kind)];
        await AddAsync(kind == WorkKind.File ? WorkKind.Report : WorkKind.File);
        Assert.Equal(4, await Work.CountUnfinishedAsync(kind, 10));
        Assert.Equal(2, await Work.CountUnfinishedAsync(kind, 2));

        await BeginAsync(kind, ids[0], "me");
        await FailAsync(kind, ids[1], "unreadable", deadLetter: true);
        await FailAsync(kind, ids[2], "unreadable", deadLetter: false);

        Assert.Equal(2, await Work.CountUnfinishedAsync(kind, 10));
    }

    [Theory]
    [InlineData(WorkKind.File, false)]
    [InlineData(WorkKind.File, true)]
    [InlineData(WorkKind.Report, false)]
    [InlineData(WorkKind.Report, true)]
    public async Task CountStuckAsync_StuckWorkHasEnded_NoLongerCountsIt(WorkKind kind, bool deadLetter)
    {
        var id = await AddAsync(kind);
        foreach (var pass in new[] { TimeSpan.FromHours(1), TimeSpan.Zero })
        {
            await BeginAsync(kind, id, "me");
            await Work.RecordOutageAsync(id, "me", "no detector", Minute, retryAfter: null);
            await Storage.PassAsync(pass);
        }

        Assert.Equal(1, await Work.CountStuckAsync());

        await (deadLetter ? FailAsync(kind, id, "given up by the broker", deadLetter: true) : CompleteAsync(kind, id));

        Assert.Equal(0, await Work.CountStuckAsync());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task ReleaseAsync_Held_IsDueAtOnceAndCostsNoAttempt(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await BeginAsync(kind, id, "me");
        await Work.RecordFailureAsync(id, "me", "unreadable");
        await BeginAsync(kind, id, "me");

        await Work.ReleaseAsync(id, "me");

        var entry = await EntryAsync(id);
        Assert.Equal((1, null, null), (entry.Attempts, entry.LeaseHolder, entry.PublishedAt));
        Assert.Equal([id], await Work.ListDueAsync(kind, 10));
        Assert.Equal((BeginOutcome.Leased, "Queued", 2, "unreadable"), await BeginAsync(kind, id, "me"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task MarkPublishedAsync_Unpublished_WaitsForItsMessage(WorkKind kind)
    {
        var (first, second) = (await AddAsync(kind), await AddAsync(kind));
        var before = await Storage.NowAsync();

        await Work.MarkPublishedAsync([first, second, Guid.NewGuid()]);
        await Work.MarkPublishedAsync([]);

        var after = await Storage.NowAsync();
        foreach (var entry in new[] { await EntryAsync(first), await EntryAsync(second) })
        {
            Assert.InRange(entry.PublishedAt!.Value, before, after);
            Assert.Equal(entry.PublishedAt + IWorkLedger.MessagePatience, entry.DueAt);
        }
    }

    [Fact]
    public async Task PublishAndPutBack_ManyAtOnceInAnyOrder_AllEnd()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 50; i++)
        {
            ids.Add(await AddAsync(WorkKind.File));
        }

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i =>
        {
            List<Guid> order = [.. i % 2 == 0 ? ids : ids.AsEnumerable().Reverse()];
            return (i % 6) switch
            {
                0 => Work.PutBackAsync(WorkKind.File, 0, 1),
                1 or 2 => Work.BeginPublishingAsync(order),
                _ => Work.MarkPublishedAsync(order),
            };
        }));
        await Work.BeginPublishingAsync(ids);
        await Work.MarkPublishedAsync(ids);

        Assert.Empty(await Work.ListDueAsync(WorkKind.File, 100));
        Assert.All(await Task.WhenAll(ids.Select(EntryAsync)), entry => Assert.NotNull(entry.PublishedAt));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task MarkPublishedAsync_BegunEndedOrDead_StaysAsItIs(WorkKind kind)
    {
        var (begun, ended, dead) = (await AddAsync(kind), await AddAsync(kind), await AddAsync(kind));
        await BeginAsync(kind, begun, "me");
        await CompleteAsync(kind, ended);
        await FailAsync(kind, dead, "given up by the broker", deadLetter: true);
        var entries = new[] { await EntryAsync(begun), await EntryAsync(dead) };

        await Work.MarkPublishedAsync([begun, ended, dead]);

        Assert.Equal((entries[0], entries[1]), (await EntryAsync(begun), await EntryAsync(dead)));
        Assert.Null(await Work.GetAsync(ended));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BeginPublishingAsync_Due_IsDueAgainUnlessConfirmed(WorkKind kind)
    {
        var id = await AddAsync(kind);
        Assert.Empty(await Work.BeginPublishingAsync([id]));
        Assert.Empty(await Work.BeginPublishingAsync([]));
        await BeginAsync(kind, id, "me");
        await Work.RecordFailureAsync(id, "me", "unreadable");

        Assert.Equal([id], await Work.BeginPublishingAsync([id, Guid.NewGuid()]));
        Assert.Empty(await Work.BeginPublishingAsync([id]));
        Assert.Empty(await Work.ListDueAsync(kind, 10));
        await Storage.PassAsync(IWorkLedger.PublishPatience);
        Assert.Equal([id], await Work.ListDueAsync(kind, 10));
        await PublishAsync(id);

        await Storage.PassAsync(IWorkLedger.PublishPatience);
        Assert.Empty(await Work.ListDueAsync(kind, 10));
        Assert.Equal("unreadable", (await EntryAsync(id)).LastError);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task MarkPublishedAsync_AfterItsWorkHasFailedWaitedOrBeenPutBack_DelaysNothing(WorkKind kind)
    {
        var (failed, released, paused, putBack) = (await AddAsync(kind), await AddAsync(kind), await AddAsync(kind), await AddAsync(kind));
        await Work.MarkPublishedAsync([putBack]);
        await BeginAsync(kind, failed, "me");
        await Work.RecordFailureAsync(failed, "me", "unreadable");
        await BeginAsync(kind, released, "me");
        await Work.ReleaseAsync(released, "me");
        await BeginAsync(kind, paused, "me");
        await Work.RecordOutageAsync(paused, "me", "no detector", Minute, retryAfter: Minute);
        await Work.PutBackAsync(kind, 0, 1);

        await Work.MarkPublishedAsync([failed, released, paused, putBack]);

        await Storage.PassAsync(Minute);
        Assert.Equal(new HashSet<Guid> { failed, released, paused, putBack }, (await Work.ListDueAsync(kind, 10)).ToHashSet());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task ListDueAsync_ConfirmedHeldEndedOrRecent_AreLeftOut(WorkKind kind)
    {
        var older = await AddAsync(kind);
        var published = await AddAsync(kind);
        var held = await AddAsync(kind);
        var failed = await AddAsync(kind);
        var dead = await AddAsync(kind);
        var completed = await AddAsync(kind);
        await Storage.PassAsync(0.5 * IWorkLedger.PublishPatience);
        var old = await AddAsync(kind);
        await Work.MarkPublishedAsync([published]);
        await BeginAsync(kind, held, "me", TimeSpan.FromMinutes(10));
        await FailAsync(kind, failed, "x", deadLetter: false);
        await FailAsync(kind, dead, "x", deadLetter: true);
        await CompleteAsync(kind, completed);
        Assert.Empty(await Work.ListDueAsync(kind, 10));
        await Storage.PassAsync(IWorkLedger.PublishPatience);
        await AddAsync(kind);

        Assert.Equal([older, old], await Work.ListDueAsync(kind, 10));
        Assert.Equal([older], await Work.ListDueAsync(kind, 1));
        Assert.Empty(await Work.ListDueAsync(kind == WorkKind.File ? WorkKind.Report : WorkKind.File, 10));
        await PublishAsync(old, older);
        Assert.Empty(await Work.ListDueAsync(kind, 10));
        await Storage.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(held, (await Work.ListDueAsync(kind, 10))[^1]);
        await Storage.PassAsync(IWorkLedger.MessagePatience);
        Assert.Equal([held, published], (await Work.ListDueAsync(kind, 10)).Intersect([held, published]));
        Assert.DoesNotContain(dead, await Work.ListDueAsync(kind, 10));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task ListDueAsync_ClockSetBack_ListsWhatIsDueTooFarAhead(WorkKind kind)
    {
        var (published, begun) = (await AddAsync(kind), await AddAsync(kind));
        await Work.MarkPublishedAsync([published]);
        await BeginAsync(kind, begun, "me");
        await Storage.PassAsync(TimeSpan.FromMinutes(-50));
        Assert.Empty(await Work.ListDueAsync(kind, 10));

        await Storage.PassAsync(TimeSpan.FromHours(-7));

        Assert.Equal([begun, published], await Work.ListDueAsync(kind, 10));
        Assert.Equal([begun], await Work.ListDueAsync(kind, 1));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task PutBackAsync_PublishedWorkOfThePartition_IsDue(WorkKind kind)
    {
        var ids = Enumerable.Range(0, 256).ToDictionary(last => (byte)last, last => Guid.Parse($"019ce9f4-6a05-7c3e-8f11-2b0d4c6e8a{last:x2}"));
        foreach (var id in ids.Values)
        {
            await AddAsync(kind, id);
        }

        var waiting = ids[5];
        await Work.MarkPublishedAsync([.. ids.Values.Where(id => id != waiting)]);
        await BeginAsync(kind, ids[13], "me");
        await BeginAsync(kind, ids[21], "me");
        await Work.RecordOutageAsync(ids[21], "me", "no detector", Minute, retryAfter: null);

        await Work.PutBackAsync(kind == WorkKind.File ? WorkKind.Report : WorkKind.File, 5, 8);
        Assert.Empty(await Work.ListDueAsync(kind, 1000));
        await Work.PutBackAsync(kind, 5, 8);

        var expected = ids.Where(id => id.Key % 8 == 5 && id.Key is not (5 or 13)).Select(id => id.Value).ToHashSet();
        Assert.Equal(expected, (await Work.ListDueAsync(kind, 1000)).ToHashSet());
        Assert.Null((await EntryAsync(ids[29])).PublishedAt);
        Assert.Equal("me", (await EntryAsync(ids[13])).LeaseHolder);
        Assert.NotNull((await EntryAsync(ids[6])).PublishedAt);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task PutBackAsync_DeadLetter_StaysDead(WorkKind kind)
    {
        var id = await AddAsync(kind);
        await FailAsync(kind, id, "given up by the broker", deadLetter: true);
        var entry = await EntryAsync(id);

        await Work.PutBackAsync(kind, 0, 1);

        Assert.Equal(entry, await EntryAsync(id));
    }

    [Fact]
    public async Task GetAsync_Unknown_IsNull() => Assert.Null(await Work.GetAsync(Guid.NewGuid()));
}
