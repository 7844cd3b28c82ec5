using Chitti.Grains.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Chitti.Grains.Tests;

public class DetectorDirectoryGrainTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DetectorDirectoryGrain _directory;

    public DetectorDirectoryGrainTests() => _directory = new(_time);

    [Fact]
    public async Task Announce_Again_ReplacesThePreviousAnnouncement()
    {
        await AnnounceAsync("b/cpu", 1);
        await AnnounceAsync("a/cpu", 2);
        await AnnounceAsync("b/cpu", 3);

        Assert.Equal([("a/cpu", 2), ("b/cpu", 3)], await ListAsync());
    }

    [Fact]
    public async Task List_AnnouncementNotRenewed_IsForgotten()
    {
        await AnnounceAsync("silent/cpu", 0);
        await AnnounceAsync("renewed/cpu", 0);
        _time.Advance(DetectorAnnouncements.Lifetime);
        Assert.Equal(2, (await ListAsync()).Length);
        await AnnounceAsync("renewed/cpu", 0);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([("renewed/cpu", 0)], await ListAsync());
    }

    [Fact]
    public async Task Withdraw_Twice_TakesItOffTheList()
    {
        await AnnounceAsync("a/cpu", 0);
        await _directory.WithdrawAsync("a/cpu", default);

        await _directory.WithdrawAsync("a/cpu", default);

        Assert.Empty(await ListAsync());
    }

    private Task AnnounceAsync(string key, int queueLength) => _directory.AnnounceAsync(new(key, ["pcb-defects"], queueLength, "cpu"), default);

    private async Task<(string, int)[]> ListAsync() =>
        [.. (await _directory.ListAsync(default)).Select(detector => (detector.Key, detector.QueueLength))];
}
