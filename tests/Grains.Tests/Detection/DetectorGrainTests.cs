using Chitti.Detection;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chitti.Grains.Tests;

public class DetectorGrainTests(ScriptedSilo scripted) : IClassFixture<ScriptedSilo>
{
    private const string Sha256 = "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly DetectionSettings _settings =
        DetectionSettings.For(Given.Profile(), overrides: null, waitWhenFull: false);

    private readonly IDetectorGrain _detector = scripted.Host.Detector;

    [Fact]
    public async Task Detect_BytesOfTheCall_GivesFindingsWithClassNames()
    {
        var reply = await _detector.DetectAsync(new([ScriptedSilo.Good, 20]), Sha256, _settings);

        Assert.Equal(DetectionStatus.Found, reply.Status);
        var finding = Assert.Single(reply.Findings);
        Assert.Equal((TestModels.Shelf.Default.Description.Classes[0], 0.9f, new Box(10, 20, 30, 40)), (finding.Class, finding.Confidence, finding.Box));
        Assert.Equal(new ImageIdentity(640, 640, Sha256), reply.Image);
        Assert.Equal(("fake", 1, "pcb-defects"), (reply.ExecutionProvider, reply.BatchSize, reply.Model!.Id));
    }

    [Fact]
    public async Task Detect_UnknownModel_NamesTheKnownOnes()
    {
        var reply = await _detector.DetectAsync(new([ScriptedSilo.Good, 21]), Sha256, _settings with { ModelId = "x-ray" });

        Assert.Equal((DetectionStatus.UnknownModel, "There is no model 'x-ray'; there are: pcb-defects."), (reply.Status, reply.Detail));
    }

    [Theory]
    [InlineData(ScriptedSilo.UnknownFormat, DetectionStatus.UnknownFormat, "no known format")]
    [InlineData(ScriptedSilo.OverLimit, DetectionStatus.OverLimit, "too wide")]
    [InlineData(ScriptedSilo.Unreadable, DetectionStatus.Unreadable, "cut off")]
    [InlineData(ScriptedSilo.Busy, DetectionStatus.Busy, "The detector's queue is full.")]
    [InlineData(ScriptedSilo.Throws, DetectionStatus.Failed, "the engine failed on the image (ArithmeticException)")]
    [InlineData(ScriptedSilo.UnknownClass, DetectionStatus.Failed, "the engine failed on the image (InvalidDataException)")]
    [InlineData(ScriptedSilo.NoNumber, DetectionStatus.Failed, "the engine failed on the image (InvalidDataException)")]
    public async Task Detect_EngineGivesNoResult_SaysWhy(byte script, DetectionStatus status, string detail)
    {
        var reply = await _detector.DetectAsync(new([script, 22]), Sha256, _settings);

        Assert.Equal((status, detail), (reply.Status, reply.Detail));
        Assert.Empty(reply.Findings);
    }

    [Fact]
    public async Task DetectStored_NoSuchObject_IsMissing()
    {
        var reply = await _detector.DetectStoredAsync("files/00/nothing/original", Sha256, _settings);

        Assert.Equal((DetectionStatus.Missing, "The bytes of the image are gone."), (reply.Status, reply.Detail));
    }

    [Fact]
    public async Task DetectStored_Object_GivesTheEngineExactlyItsBytes()
    {
        byte[] image = [ScriptedSilo.Good, 23, 1, 2, 3];
        await Uploads.PutAsync(scripted.Host.Objects, "files/00/detect-stored/original", image);

        var reply = await _detector.DetectStoredAsync("files/00/detect-stored/original", Sha256, _settings);

        Assert.Equal(DetectionStatus.Found, reply.Status);
        Assert.Equal(1, scripted.AttemptsOf(image));
    }

    [Fact]
    public async Task Detect_EngineAtWork_TakesTheNextCallMeanwhile()
    {
        using var data = new TempFolder();
        var gate = new TaskCompletionSource();
        var engine = new FakeEngine(_ => DetectionOutcome.Busy) { Gate = gate.Task };
        await using var silo = await SiloHost.StartAsync(data, engine);
        var detector = silo.Detector;

        Task<DetectionReply>[] calls = [detector.DetectAsync(new([1]), Sha256, _settings), detector.DetectAsync(new([2]), Sha256, _settings)];

        await Eventually.GetAsync(() => Task.FromResult(engine.Calls.Count), count => count == 2);
        gate.SetResult();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Detect_EngineIsStopping_IsUnavailable()
    {
        var reply = await _detector.DetectAsync(new([ScriptedSilo.Stopping, 24]), Sha256, _settings);

        Assert.Equal((DetectionStatus.Unavailable, "Model 'pcb-defects' can't be run at the moment."), (reply.Status, reply.Detail));
    }

    [Fact]
    public async Task Detect_EngineCannotBeMade_IsUnavailable()
    {
        using var data = new TempFolder();
        await using var silo = await SiloHost.StartAsync(data, FakeEngine.Finding(), services => services.Replace(ServiceDescriptor.Singleton(
            new DetectionEngines(TestModels.Shelf, _ => throw new IOException("The test says no.")))));

        var reply = await silo.Detector.DetectAsync(new([1]), Sha256, _settings);

        Assert.Equal((DetectionStatus.Unavailable, "Model 'pcb-defects' can't be run at the moment."), (reply.Status, reply.Detail));
    }

    [Fact]
    public async Task Settings_OfAProfile_ReachTheEngine()
    {
        using var data = new TempFolder();
        var engine = FakeEngine.Finding();
        await using var silo = await SiloHost.StartAsync(data, engine);

        await silo.Detector.DetectAsync(
            new([1]), Sha256, DetectionSettings.For(Samples.Profile, new(0.7f, null), waitWhenFull: true));

        var options = Assert.Single(engine.Calls);
        Assert.Equal((0.7f, 0.45f), (options.Confidence, options.Iou));
        Assert.True(options is { ClassAgnosticNms: true, DecodeFullScale: true, MeasureQuality: true, WaitWhenFull: true });
    }
}
