using Chitti.Imaging;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Inference.Tests;

public sealed class CpuDetectionEngineTests
{
    private static readonly byte[] _image = TestImages.Encode(SKEncodedImageFormat.Jpeg, 320, 200);
    private static readonly OnnxModel _default = OnnxModel.Load(Repository.Path("models", "pcb-defects"));
    private static readonly OnnxModel _tiny = OnnxModel.Load(TinyOnnx.Save(TinyOnnx.Model([1, 3, 64, 64], [1, 6, 84], new float[6 * 84])));

    [Fact]
    public async Task DetectAsync_ConcurrentCalls_GiveEqualResults()
    {
        await using var engine = new CpuDetectionEngine(_default, new CpuEngineOptions { Sessions = 2 });
        var board = await File.ReadAllBytesAsync(Repository.Path("tests", "Inference.Tests", "Data", "board.png"));
        var options = new DetectionOptions { Confidence = 0.01f };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => engine.DetectAsync(board, options)));

        Assert.NotEmpty(outcomes[0].Result!.Findings);
        Assert.All(outcomes, outcome => Assert.Equal(outcomes[0].Result!.Findings, outcome.Result!.Findings));
    }

    [Fact]
    public async Task DetectAsync_FullQueueAndNoWaiting_IsBusy()
    {
        using var gate = new GatedTime();
        await using var engine = new CpuDetectionEngine(_tiny, new CpuEngineOptions { Sessions = 1, MaxQueuedImages = 1, Time = gate });
        gate.Close();
        var running = engine.DetectAsync(_image, new DetectionOptions());
        gate.WaitUntilHeld();
        var queued = engine.DetectAsync(_image, new DetectionOptions());

        var refused = await engine.DetectAsync(_image, new DetectionOptions { WaitWhenFull = false });
        var waiting = engine.DetectAsync(_image, new DetectionOptions());

        Assert.Same(DetectionOutcome.Busy, refused);
        gate.Open();
        Assert.All(await Task.WhenAll(running, queued, waiting), outcome => Assert.NotNull(outcome.Result));
        Assert.Equal(0, engine.QueueLength);
    }

    [Fact]
    public async Task DetectAsync_QueueFullOfBytes_IsBusy()
    {
        using var gate = new GatedTime();
        await using var engine = new CpuDetectionEngine(_tiny, new CpuEngineOptions { Sessions = 1, MaxQueuedBytes = _image.Length, Time = gate });
        gate.Close();
        var running = engine.DetectAsync(_image, new DetectionOptions());
        gate.WaitUntilHeld();
        var queued = engine.DetectAsync(_image, new DetectionOptions { WaitWhenFull = false });

        Assert.Same(DetectionOutcome.Busy, await engine.DetectAsync(_image, new DetectionOptions { WaitWhenFull = false }));
        gate.Open();
        await Task.WhenAll(running, queued);
    }

    [Fact]
    public async Task DetectAsync_CancelledWhileWaiting_LeavesQueue()
    {
        using var gate = new GatedTime();
        await using var engine = new CpuDetectionEngine(_tiny, new CpuEngineOptions { Sessions = 1, Time = gate });
        gate.Close();
        var running = engine.DetectAsync(_image, new DetectionOptions());
        gate.WaitUntilHeld();
        using var source = new CancellationTokenSource();
        var queued = engine.DetectAsync(_image, new DetectionOptions(), source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        Assert.Equal(0, engine.QueueLength);
        gate.Open();
        Assert.NotNull((await running).Result);
    }

    [Fact]
    public async Task DisposeAsync_WorkWaiting_FinishesRunningAndFailsWaiting()
    {
        using var gate = new GatedTime();
        var engine = new CpuDetectionEngine(_tiny, new CpuEngineOptions { Sessions = 1, Time = gate });
        gate.Close();
        var running = engine.DetectAsync(_image, new DetectionOptions());
        gate.WaitUntilHeld();
        var queued = engine.DetectAsync(_image, new DetectionOptions());

        var disposal = engine.DisposeAsync();
        gate.Open();
        await disposal;

        Assert.NotNull((await running).Result);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => queued);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.DetectAsync(_image, new DetectionOptions()));
    }

    [Fact]
    public async Task DetectAsync_ImageOverLimit_IsFault()
    {
        await using var engine = new CpuDetectionEngine(_tiny, new CpuEngineOptions { Sessions = 1, Limits = new ImageLimits { MaxSide = 100 } });

        Assert.Equal(ImageFaultKind.OverLimit, (await engine.DetectAsync(_image, new DetectionOptions())).Fault?.Kind);
    }

    [Fact]
    public async Task DetectAsync_DamagedImages_GiveBackTheirMemory()
    {
        var budget = new PixelBudget(1 << 20);
        await using var engine = new CpuDetectionEngine(_tiny, new CpuEngineOptions { Sessions = 1, Budget = budget });
        byte[][] images = [_image, _image[..^200], "text"u8.ToArray(), [], TestImages.Tiff(BitMiracle.LibTiff.Classic.Compression.LZW, 8, 3)[..^30]];

        foreach (var image in images)
        {
            await engine.DetectAsync(image, new DetectionOptions());
        }

        Assert.Equal(0, budget.UsedBytes);
    }

    [Fact]
    public async Task DetectAsync_QualityRequested_MeasuresWithoutPadding()
    {
        await using var engine = new CpuDetectionEngine(_tiny, new CpuEngineOptions { Sessions = 1 });

        var outcome = await engine.DetectAsync(TestImages.GreyJpeg(), new DetectionOptions { MeasureQuality = true });

        Assert.Equal(77, outcome.Result!.Quality!.Brightness, 0.01);
        Assert.Equal(0, outcome.Result.Quality.Sharpness, 0.01);
        Assert.Null((await engine.DetectAsync(_image, new DetectionOptions())).Result!.Quality);
    }
}
