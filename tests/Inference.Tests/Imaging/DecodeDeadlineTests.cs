using Chitti.Imaging;
using Chitti.Tests;
using Microsoft.Extensions.Time.Testing;
using SkiaSharp;

namespace Chitti.Inference.Tests;

public sealed class DecodeDeadlineTests
{
    private static readonly TimeSpan _timeout = new ImageLimits().DecodeTimeout;

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void TryDecode_OthersHaveTheMachine_IsNoFault(SKEncodedImageFormat format)
    {
        // The clock runs away between two looks; the thread's own time, the real one, does not.
        var fault = Decoding.Of(TestImages.EncodeNoise(format, 160, 160), new Leaping(2 * _timeout), processorTime: ThreadTime.Current).Fault;

        Assert.Null(fault);
    }

    [Fact]
    public void TryDecode_TiffWhileOthersHaveTheMachine_IsNoFault() =>
        Assert.Null(Decoding.Of(new TiffMaker(64, 64).ToArray(), new Leaping(2 * _timeout), processorTime: ThreadTime.Current).Fault);

    [Fact]
    public void TryDecode_NoProcessorForLong_IsInterruptedAndNotTheImagesFault()
    {
        var fault = Decoding.Of(
            TestImages.EncodeNoise(SKEncodedImageFormat.Png, 160, 160), new Leaping((DecodeDeadline.Patience + 1) * _timeout), processorTime: ThreadTime.Current).Fault;

        Assert.Equal(ImageFaultKind.Interrupted, fault?.Kind);
        Assert.Contains("100 s", fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_NotQuickEnough_IsGivenUp()
    {
        var budget = new PixelBudget();
        using var decoder = new ImageDecoder(new(), new Leaping(TimeSpan.FromSeconds(1)), budget, giveUpAfter: TimeSpan.FromMilliseconds(250));

        Assert.Throws<OperationCanceledException>(() => decoder.TryDecode(TestImages.EncodeNoise(SKEncodedImageFormat.Png, 160, 160), null, out _, out _));
        Assert.Equal(0, budget.UsedBytes);
    }

    [Fact]
    public void TryDecode_QuickOneWaitsForMemory_IsNotGivenUpForThat()
    {
        var (time, budget) = (new FakeTimeProvider(), new PixelBudget(1 << 20));
        budget.Acquire(budget.MaxBytes);
        var quick = budget.AcquireQuick(budget.MaxBytes / 8)!;
        (bool Decoded, TimeSpan Waited) result = default;
        var waiting = new Thread(() =>
        {
            using var decoder = new ImageDecoder(new(), time, budget, giveUpAfter: TimeSpan.FromMilliseconds(250));
            result = (decoder.TryDecode(TestImages.Bmp(), null, out var image, out _), image.Waited);
        });
        waiting.Start();
        SpinWait.SpinUntil(() => budget.WaitingCount == 1);

        time.Advance(TimeSpan.FromMinutes(1));
        quick.Release(budget.MaxBytes / 8);
        waiting.Join();

        Assert.Equal((true, TimeSpan.FromMinutes(1)), result);
    }

    [Fact]
    public void Fault_ProcessorTimeUsedUp_IsOverLimit()
    {
        var (time, used) = (new FakeTimeProvider(), TimeSpan.FromHours(3));
        var deadline = new DecodeDeadline(_timeout, time, () => used);

        time.Advance(2 * _timeout);
        used += _timeout;
        Assert.Null(deadline.Fault);
        used += TimeSpan.FromTicks(1);

        Assert.Equal(ImageFaultKind.OverLimit, deadline.Fault?.Kind);
    }

    [Fact]
    public void Current_ThreadThatWorksAndOneThatWaits_TellsThemApart()
    {
        var before = ThreadTime.Current();
        Assert.True(SpinWait.SpinUntil(() => ThreadTime.Current() - before > TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(2)));

        before = ThreadTime.Current();
        using var never = new ManualResetEventSlim();
        never.Wait(TimeSpan.FromMilliseconds(500));
        Assert.InRange(ThreadTime.Current() - before, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
    }

    /// <summary>A clock that leaps once, after the first look.</summary>
    private sealed class Leaping(TimeSpan leap) : TimeProvider
    {
        private int _looks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ++_looks > 3 ? leap.Ticks : 0;
    }
}
