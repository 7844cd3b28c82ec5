namespace Chitti.Storage.Tests;

/// <summary>Contract of the idempotency store, for every database.</summary>
public abstract class IdempotencyStoreTests(Func<Task<TestStorage>> open) : StorageTests(open)
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    private IIdempotencyStore Keys => Storage.Idempotency;

    [Fact]
    public async Task ClaimAsync_TwentyAtOnce_OneSucceeds()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ClaimAsync("k", $"owner {i}")));

        Assert.Single(claims, state => state == IdempotencyState.Claimed);
        Assert.Equal(19, claims.Count(state => state == IdempotencyState.Running));
    }

    [Fact]
    public async Task ClaimAsync_Answered_GivesTheFirstAnswer()
    {
        await ClaimAsync("k", "me");
        Assert.True(await AcceptAsync("k", "me", "first"));

        Assert.False(await AcceptAsync("k", "me", "second"));

        Assert.Equal(new(IdempotencyState.Answered, "print", "first"), await Keys.ClaimAsync("s", "k", "other", Minute, _day));
        Assert.Equal(IdempotencyState.Claimed, (await Keys.ClaimAsync("other", "k", "other", Minute, _day)).State);
        await Storage.PassAsync(2 * Minute);
        Assert.Equal(IdempotencyState.Answered, await ClaimAsync("k", "other"));
    }

    [Fact]
    public async Task ClaimAsync_AnswerOlderThanItsLifetime_IsForgotten()
    {
        await ClaimAsync("k", "me");
        await AcceptAsync("k", "me", "first");
        await Storage.PassAsync(_day - Minute);
        Assert.Equal(IdempotencyState.Answered, await ClaimAsync("k", "other"));

        await Storage.PassAsync(2 * Minute);

        Assert.Equal(IdempotencyState.Claimed, await ClaimAsync("k", "other"));
    }

    [Fact]
    public async Task ClaimAsync_LeaseEnded_TakesOverAndTheOldOwnerStoresNothing()
    {
        await ClaimAsync("k", "dead");
        Assert.Equal(IdempotencyState.Running, await ClaimAsync("k", "me"));
        await Storage.PassAsync(Minute);

        Assert.Equal(IdempotencyState.Claimed, await ClaimAsync("k", "me"));

        var file = Rows.File();
        Assert.False(await Files.AcceptAsync([file], Answer("k", "dead", "late")));
        Assert.Null(await Files.GetAsync(file.Id));
        Assert.Null(await Work.GetAsync(file.Id));
        Assert.False(await Keys.RenewAsync("s", "k", "dead", Minute));
        await Keys.ReleaseAsync("s", "k", "dead");
        Assert.Equal(IdempotencyState.Running, await ClaimAsync("k", "other"));
        Assert.True(await AcceptAsync("k", "me", "first"));
        Assert.Equal(IdempotencyState.Answered, await ClaimAsync("k", "other"));
    }

    [Fact]
    public async Task ClaimAsync_LeaseEndedAndTwentyAtOnce_OneTakesOver()
    {
        await ClaimAsync("k", "dead");
        await Storage.PassAsync(Minute);

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ClaimAsync("k", $"owner {i}")));

        Assert.Single(claims, state => state == IdempotencyState.Claimed);
        Assert.Equal(19, claims.Count(state => state == IdempotencyState.Running));
    }

    [Fact]
    public async Task ClaimAsync_ClockSetBackByDays_TakesOver()
    {
        await ClaimAsync("k", "before");
        await Storage.PassAsync(-2 * _day);

        Assert.Equal(IdempotencyState.Claimed, await ClaimAsync("k", "me"));
    }

    [Fact]
    public async Task RenewAsync_Claimed_KeepsTheClaim()
    {
        await ClaimAsync("k", "me");
        for (var pass = 0; pass < 3; pass++)
        {
            await Storage.PassAsync(0.9 * Minute);
            Assert.True(await Keys.RenewAsync("s", "k", "me", Minute));
        }

        Assert.Equal(IdempotencyState.Running, (await Keys.ClaimAsync("s", "k", "other", Minute, lifetime: Minute)).State);
        Assert.False(await Keys.RenewAsync("s", "k", "other", Minute));
        Assert.False(await Keys.RenewAsync("s", "unknown", "me", Minute));
        await AcceptAsync("k", "me", "first");
        Assert.False(await Keys.RenewAsync("s", "k", "me", Minute));
    }

    [Fact]
    public async Task ReleaseAsync_Unanswered_CanBeClaimedAgain()
    {
        await ClaimAsync("a", "me");
        await ClaimAsync("b", "me");

        await Keys.ReleaseAsync("s", "a", "me");
        await Keys.ReleaseAsync("s", "b", "other");

        Assert.Equal(IdempotencyState.Claimed, await ClaimAsync("a", "other"));
        Assert.Equal(IdempotencyState.Running, await ClaimAsync("b", "other"));
    }

    [Fact]
    public async Task ReleaseAsync_Answered_KeepsTheAnswer()
    {
        await ClaimAsync("k", "me");
        await AcceptAsync("k", "me", "first");

        await Keys.ReleaseAsync("s", "k", "me");

        Assert.Equal(IdempotencyState.Answered, await ClaimAsync("k", "other"));
    }

    [Fact]
    public async Task AcceptAsync_KeyNeverClaimedOrReleased_StoresNothing()
    {
        var file = Rows.File();
        Assert.False(await Files.AcceptAsync([file], Answer("k", "me", "first")));
        await ClaimAsync("k", "me");
        await Keys.ReleaseAsync("s", "k", "me");

        Assert.False(await Files.AcceptAsync([file], Answer("k", "me", "first")));

        Assert.Null(await Files.GetAsync(file.Id));
        Assert.Equal(IdempotencyState.Claimed, await ClaimAsync("k", "other"));
    }

    [Fact]
    public async Task AcceptAsync_TwentyAtOnceUnderOneClaim_OneStores()
    {
        await ClaimAsync("k", "me");

        var accepted = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AcceptAsync("k", "me", $"answer {i}")));

        Assert.Single(accepted, stored => stored);
        Assert.Single(await Files.ListAsync(new()));
        Assert.Equal($"answer {Array.IndexOf(accepted, true)}", (await Keys.ClaimAsync("s", "k", "other", Minute, _day)).Answer);
    }

    private static IdempotentAnswer Answer(string key, string owner, string answer) => new("s", key, owner, "print", answer);

    private Task<bool> AcceptAsync(string key, string owner, string answer) => Files.AcceptAsync([Rows.File()], Answer(key, owner, answer));

    private async Task<IdempotencyState> ClaimAsync(string key, string owner) => (await Keys.ClaimAsync("s", key, owner, Minute, _day)).State;
}
