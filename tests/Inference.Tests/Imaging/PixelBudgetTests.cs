using Chitti.Imaging;
using Chitti.Tests;

namespace Chitti.Inference.Tests;

public sealed class PixelBudgetTests
{
    private readonly PixelBudget _budget = new(3_200);

    [Fact]
    public async Task AcquireQuick_OthersWait_Passes()
    {
        var large = _budget.Acquire(3_000);
        var waiting = Task.Run(() => _budget.Acquire(3_000));
        await WaitForAsync(1);

        var quick = _budget.AcquireQuick(100)!;

        Assert.Equal(3_100, _budget.UsedBytes);
        quick.Release(100);
        large.Release(3_000);
        (await waiting).Release(3_000);
        Assert.Equal(0, _budget.UsedBytes);
    }

    [Fact]
    public async Task AcquireQuick_NothingElseFree_HoldAtMostAnEighthTogether()
    {
        var all = _budget.Acquire(3_200);
        var held = Enumerable.Range(0, 4).Select(_ => _budget.AcquireQuick(100)!).ToList();
        Assert.Null(_budget.AcquireQuick(401));
        var fifth = Task.Run(() => _budget.AcquireQuick(100)!);
        await WaitForAsync(1);

        held[0].Release(100);
        (await fifth).Release(100);
        held[1..].ForEach(share => share.Release(100));
        all.Release(3_200);

        Assert.Equal(0, _budget.UsedBytes);
    }

    [Fact]
    public void AcquireQuick_MemoryIsFree_TakesFromTheWhole()
    {
        var held = Enumerable.Range(0, 8).Select(_ => _budget.AcquireQuick(400)!).ToList();

        Assert.Equal(3_200, _budget.UsedBytes);
        held.ForEach(share => share.Release(400));
        Assert.Equal(0, _budget.UsedBytes);
    }

    [Fact]
    public async Task Acquire_CancelledAtTheHead_LetsTheNextIn()
    {
        var held = _budget.Acquire(2_000);
        using var source = new CancellationTokenSource();
        var first = Task.Run(() => _budget.Acquire(3_000, source.Token));
        await WaitForAsync(1);
        var second = Task.Run(() => _budget.Acquire(1_000));
        await WaitForAsync(2);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        (await second).Release(1_000);
        held.Release(2_000);
        Assert.Equal(0, _budget.UsedBytes);
    }

    private Task<int> WaitForAsync(int count) => Eventually.GetAsync(() => Task.FromResult(_budget.WaitingCount), waiting => waiting == count);
}
