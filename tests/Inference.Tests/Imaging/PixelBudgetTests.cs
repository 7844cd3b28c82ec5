using Chitti.Imaging;
using Chitti.Tests;

namespace Chitti.Inference.Tests;

public sealed class PixelBudgetTests
{
    private readonly PixelBudget _budget = new(3_200);

    [Fact]
    public async Task Acquire_LargeOnesWait_SmallOnePasses()
    {
        var large = _budget.Acquire(3_000);
        var waiting = Task.Run(() => _budget.Acquire(3_000));
        await WaitForAsync(1);

        var small = _budget.Acquire(100);

        Assert.Equal(3_100, _budget.UsedBytes);
        small.Release(100);
        large.Release(3_000);
        (await waiting).Release(3_000);
        Assert.Equal(0, _budget.UsedBytes);
    }

    [Fact]
    public async Task Acquire_SmallOnesTogether_HoldAtMostAnEighth()
    {
        var held = Enumerable.Range(0, 4).Select(_ => _budget.Acquire(100)).ToList();
        var fifth = Task.Run(() => _budget.Acquire(100));
        await WaitForAsync(1);

        held[0].Release(100);
        (await fifth).Release(100);
        held[1..].ForEach(share => share.Release(100));

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
