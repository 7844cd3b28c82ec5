using Chitti.Imaging;
using Chitti.Tests;
using Microsoft.Extensions.Time.Testing;
using SkiaSharp;

namespace Chitti.Inference.Tests;

/// <summary>What waits in an engine, for whom, and how long.</summary>
public sealed class DetectionPatienceTests
{
    private static readonly byte[] _small = TestImages.Encode(SKEncodedImageFormat.Jpeg, 160, 100);
    private static readonly byte[] _medium = TestImages.Encode(SKEncodedImageFormat.Png, 1_000, 1_000);
    private static readonly byte[] _large = TestImages.Encode(SKEncodedImageFormat.Png, 3_000, 3_000);
    private static readonly OnnxModel _tiny = OnnxModel.Load(TinyOnnx.Save(TinyOnnx.Model([1, 3, 64, 64], [1, 6, 84], new float[6 * 84])));
    private static readonly DetectionOptions _direct = new() { WaitWhenFull = false };

    [Fact]
    public async Task DetectAsync_LargeImagesWait_SmallOneIsDone()
    {
        using var held = new HeldBudget();
        await using var engine = Engine(held);
        var large = Enumerable.Range(0, 20).Select(_ => engine.DetectAsync(_large, _direct)).ToList();

        var small = await engine.DetectAsync(_small, _direct);

        Assert.NotNull(small.Result);
        Assert.All(large, one => Assert.False(one.IsCompleted));
        held.Release();
        Assert.All(await Task.WhenAll(large), one => Assert.NotNull(one.Result));
    }

    [Fact]
    public async Task DetectAsync_SlowImagesHoldTheMemory_FourMegapixelsAreDone()
    {
        // With the default budget, and a clock that does not move a slow decode to the other lane.
        using var held = new HeldBudget(PixelBudgetOptions.DefaultBytes);
        await using var engine = new CpuDetectionEngine(_tiny, new() { Sessions = 1, Budget = held.Budget, Time = new FakeTimeProvider() });
        using var bitmap = new SKBitmap(new SKImageInfo(2_000, 2_000, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.Green);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var slow = Enumerable.Range(0, 3).Select(_ => engine.DetectAsync(_large, _direct)).ToList();

        var quick = await engine.DetectAsync(png.ToArray(), _direct);

        Assert.NotNull(quick.Result);
        Assert.All(slow, one => Assert.False(one.IsCompleted));
        held.Release();
        await Task.WhenAll(slow);
    }

    [Fact]
    public async Task DetectAsync_SmallSideButSlow_MakesWayForOthers()
    {
        using var held = new HeldBudget();
        await using var engine = Engine(held);

        // By its size it is quick; but it needs memory that others hold.
        var slow = engine.DetectAsync(_medium, _direct);

        Assert.NotNull((await engine.DetectAsync(_small, _direct)).Result);
        Assert.False(slow.IsCompleted);
        held.Release();
        Assert.NotNull((await slow).Result);
    }

    [Fact]
    public async Task DetectAsync_PatienceEndsWhileWaiting_IsDroppedAndNotBegun()
    {
        using var gate = new GatedTime();
        await using var engine = new CpuDetectionEngine(_tiny, new() { Sessions = 1, Time = gate });
        gate.Close();
        var running = engine.DetectAsync(_small, new());
        gate.WaitUntilHeld();

        var late = await engine.DetectAsync(_small, new() { Patience = TimeSpan.FromMilliseconds(1) });

        Assert.NotNull(late.RetryAfter);
        Assert.False(late.Begun);
        Assert.Equal((null, null, 0), (late.Result, late.Fault, engine.QueueLength));
        gate.Open();
        Assert.NotNull((await running).Result);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DetectAsync_PatienceEndsWhileWaitingForMemory_IsGivenUp(bool large)
    {
        using var held = new HeldBudget();
        await using var engine = Engine(held);

        var late = await engine.DetectAsync(large ? _large : _medium, _direct with { Patience = TimeSpan.FromMilliseconds(600) });

        Assert.NotNull(late.RetryAfter);
        Assert.True(late.Begun);
        await Eventually.GetAsync(() => Task.FromResult(held.Budget.WaitingCount), waiting => waiting == 0);
    }

    [Fact]
    public async Task DetectAsync_CancelledWhileWaitingForMemory_IsGivenUp()
    {
        using var held = new HeldBudget();
        await using var engine = Engine(held);
        using var source = new CancellationTokenSource();
        var call = engine.DetectAsync(_large, _direct, source.Token);
        await Eventually.GetAsync(() => Task.FromResult(held.Budget.WaitingCount), waiting => waiting == 1);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.GetAsync(() => Task.FromResult(held.Budget.WaitingCount), waiting => waiting == 0);
    }

    [Fact]
    public async Task DisposeAsync_ImageWaitsForMemoryThatNobodyGivesBack_EndsAndFailsIt()
    {
        using var held = new HeldBudget();
        var engine = Engine(held);
        var waiting = engine.DetectAsync(_large, new());
        await Eventually.GetAsync(() => Task.FromResult(held.Budget.WaitingCount), count => count == 1);

        await engine.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Equal(0, held.Budget.WaitingCount);
    }

    [Fact]
    public async Task DetectAsync_ImagesAheadTakeLongerThanPatience_IsRefusedAtOnce()
    {
        // No time passes: whoever is refused is refused because of the images ahead.
        using var gate = new GatedTime { TimersFire = false };
        await using var engine = new CpuDetectionEngine(_tiny, new() { Sessions = 1, Time = gate });
        gate.Close();
        var ahead = new List<Task> { engine.DetectAsync(_large, new()) };
        gate.WaitUntilHeld();
        ahead.AddRange(Enumerable.Range(0, 30).Select(_ => engine.DetectAsync(_large, new())));

        var hasty = await engine.DetectAsync(_large, _direct with { Patience = TimeSpan.FromSeconds(1) });
        var patient = engine.DetectAsync(_large, _direct with { Patience = TimeSpan.FromHours(1) });
        var pipeline = engine.DetectAsync(_large, new() { Patience = TimeSpan.FromSeconds(1) });

        Assert.True(hasty.RetryAfter > TimeSpan.FromSeconds(10), $"{hasty.RetryAfter}");
        Assert.False(patient.IsCompleted || pipeline.IsCompleted);
        gate.Open();
        await Task.WhenAll([.. ahead, patient, pipeline]);
    }

    [Fact]
    public async Task DetectAsync_LastImagesWereSlow_NextOneIsStillTried()
    {
        // By this clock every image takes hours.
        await using var engine = new CpuDetectionEngine(_tiny, new() { Sessions = 1, Time = new SlowTime(), Limits = new() { DecodeTimeout = TimeSpan.FromDays(9) } });
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull((await engine.DetectAsync(_small, _direct with { Patience = TimeSpan.FromMinutes(1) })).Result);
        }
    }

    private static CpuDetectionEngine Engine(HeldBudget held) => new(_tiny, new() { Sessions = 1, Budget = held.Budget });

    private sealed class SlowTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _now, TimeSpan.TicksPerHour);
    }
}
