namespace Chitti.Storage.Tests;

public sealed class SqliteRestartTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task ResetInFlightAsync_WorkInEachState_IsDueAndFree()
    {
        await using var storage = SqliteTestStorage.Open();
        var (accepted, published, begun, waiting, dead) =
            (await AcceptAsync(storage), await AcceptAsync(storage), await AcceptAsync(storage), await AcceptAsync(storage), await AcceptAsync(storage));
        await storage.Work.MarkPublishedAsync([published]);
        await storage.Files.BeginAsync(begun, "dead process", _minute);
        await storage.Files.BeginAsync(waiting, "dead process", _minute);
        var note = await storage.Work.RecordOutageAsync(waiting, "dead process", "no detector", _minute, retryAfter: null);
        await storage.Files.FailAsync(dead, "given up by the broker", Rows.Time, deadLetter: true);
        var report = Guid.CreateVersion7();
        await storage.Reports.AddAsync(report, Rows.Report(accepted), Rows.Time);
        await storage.Work.MarkPublishedAsync([report]);

        await storage.Database.ResetInFlightAsync();

        Assert.Equal(new HashSet<Guid> { accepted, published, begun, waiting }, (await storage.Work.ListDueAsync(WorkKind.File, 10)).ToHashSet());
        Assert.Equal([report], await storage.Work.ListDueAsync(WorkKind.Report, 10));
        var entry = await storage.Work.GetAsync(begun);
        Assert.Equal((1, null, null, null), (entry!.Attempts, entry.LeaseHolder, entry.LeaseUntil, entry.PublishedAt));
        entry = await storage.Work.GetAsync(waiting);
        Assert.Equal((note!.Since, "no detector"), (entry!.OutageSince, entry.LastError));
        Assert.True((await storage.Work.GetAsync(dead))!.DeadLetter);
        Assert.Equal((BeginOutcome.Leased, 2), await BeginAsync(storage, begun));
    }

    [Fact]
    public async Task ResetInFlightAsync_ClaimsOfKeys_OnlyAnswersStay()
    {
        await using var storage = SqliteTestStorage.Open();
        await storage.Idempotency.ClaimAsync("s", "answered", "me", _minute, TimeSpan.FromDays(1));
        await storage.Files.AcceptAsync([Rows.File()], new("s", "answered", "me", "print", "answer"));
        await storage.Idempotency.ClaimAsync("s", "running", "me", _minute, TimeSpan.FromDays(1));

        await storage.Database.ResetInFlightAsync();

        Assert.Equal(IdempotencyState.Answered, (await storage.Idempotency.ClaimAsync("s", "answered", "other", _minute, TimeSpan.FromDays(1))).State);
        Assert.Equal(IdempotencyState.Claimed, (await storage.Idempotency.ClaimAsync("s", "running", "other", _minute, TimeSpan.FromDays(1))).State);
    }

    private static async Task<Guid> AcceptAsync(TestStorage storage)
    {
        var file = Rows.File();
        await storage.Files.AcceptAsync([file], null);
        return file.Id;
    }

    private static async Task<(BeginOutcome Outcome, int Attempt)> BeginAsync(TestStorage storage, Guid id)
    {
        var begun = await storage.Files.BeginAsync(id, "me", _minute);
        return (begun.Outcome, begun.Attempt);
    }
}
