using System.Security.Cryptography;
using Chitti.Detection;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Chitti.Storage;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chitti.Grains.Tests;

public class DetectorGrainTests(ScriptedSilo scripted) : IClassFixture<ScriptedSilo>
{
    private const string Sha256 = "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly InspectionOrder _order = new() { Sha256 = Sha256, Profile = VersionOf(Given.Profile()) };

    private readonly IDetectorGrain _detector = scripted.Host.Detector;

    [Fact]
    public async Task Inspect_BytesOfTheCall_GivesTheJudgedFindings()
    {
        var reply = await _detector.InspectAsync(new([ScriptedSilo.Good, 20]), _order);

        Assert.Equal((InspectionStatus.Inspected, null), (reply.Status, reply.Detail));
        var inspection = reply.Inspection!;
        var indication = Assert.Single(inspection.Indications);
        Assert.Equal(("open", 0.9f, new Box(10, 20, 30, 40), Disposition.Rejected), (indication.Class, indication.Confidence, indication.Box, indication.Disposition));
        Assert.Equal((Verdict.Fail, new ImageIdentity(640, 640, Sha256)), (inspection.Verdict, inspection.Image));
        Assert.Equal(("fake", 1, TestModels.Shelf.Default.Description.Identity), (inspection.ExecutionProvider, inspection.BatchSize, inspection.Model));
        Assert.Equal((null, null, new ProfileReference("board", 1)), (inspection.Id, inspection.FileId, inspection.Profile));
    }

    [Fact]
    public async Task Inspect_UnknownModel_NamesTheKnownOnes()
    {
        var reply = await _detector.InspectAsync(new([ScriptedSilo.Good, 21]), _order with { ModelOverride = "x-ray" });

        Assert.Equal((InspectionStatus.UnknownModel, "There is no model 'x-ray'; existing models: pcb-defects."), (reply.Status, reply.Detail));
    }

    [Theory]
    [InlineData(ScriptedSilo.UnknownFormat, InspectionStatus.UnknownFormat, "no known format")]
    [InlineData(ScriptedSilo.OverLimit, InspectionStatus.OverLimit, "too wide")]
    [InlineData(ScriptedSilo.Unreadable, InspectionStatus.Unreadable, "cut off")]
    [InlineData(ScriptedSilo.Busy, InspectionStatus.Busy, "The detector's queue is full.")]
    [InlineData(ScriptedSilo.Throws, InspectionStatus.Failed, "the engine failed on the image (ArithmeticException)")]
    [InlineData(ScriptedSilo.UnknownClass, InspectionStatus.Failed, "the engine failed on the image (InvalidDataException)")]
    [InlineData(ScriptedSilo.NoNumber, InspectionStatus.Failed, "the engine failed on the image (InvalidDataException)")]
    public async Task Inspect_EngineGivesNoResult_SaysWhy(byte script, InspectionStatus status, string detail)
    {
        var reply = await _detector.InspectAsync(new([script, 22]), _order);

        Assert.Equal((status, detail), (reply.Status, reply.Detail));
        Assert.Null(reply.Inspection);
    }

    [Fact]
    public async Task InspectStored_NoSuchObject_IsMissing()
    {
        var reply = await _detector.InspectStoredAsync("files/00/nothing/original", _order);

        Assert.Equal((InspectionStatus.Missing, "The bytes of the image are gone."), (reply.Status, reply.Detail));
    }

    [Fact]
    public async Task InspectStored_Object_GivesTheEngineExactlyItsBytes()
    {
        byte[] image = [ScriptedSilo.Good, 23, 1, 2, 3];
        await Uploads.PutAsync(scripted.Host.Objects, "files/00/detect-stored/original", image);

        var reply = await _detector.InspectStoredAsync("files/00/detect-stored/original", _order with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(image)) });

        Assert.Equal(InspectionStatus.Inspected, reply.Status);
        Assert.Equal(1, scripted.AttemptsOf(image));
    }

    [Fact]
    public async Task InspectStored_OtherBytesThanOrdered_NeverReachTheEngine()
    {
        byte[] image = [ScriptedSilo.Good, 25];
        await Uploads.PutAsync(scripted.Host.Objects, "files/00/detect-altered/original", image);

        var reply = await _detector.InspectStoredAsync("files/00/detect-altered/original", _order);

        Assert.Equal((InspectionStatus.Altered, 0), (reply.Status, scripted.AttemptsOf(image)));
        Assert.Contains("The stored picture was altered", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectStored_NoRoomWithinThePatience_IsBusyAndLeavesTheQueue()
    {
        using var data = new TempFolder();
        var engine = FakeEngine.Finding();
        await using var silo = await SiloHost.StartAsync(data, engine, services => services.Configure<DetectorOptions>(detector => detector.QueueBytes = 1));
        byte[] image = [1, 2];
        await Uploads.PutAsync(silo.Objects, "files/00/detect-late/original", image);
        var order = _order with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(image)) };
        var gate = silo.Services.GetRequiredService<StoredImageGate>();
        using (await gate.EnterAsync("files/00/detect-late/original", CancellationToken.None))
        {
            var late = await silo.Detector.InspectStoredAsync("files/00/detect-late/original", order with { Patience = TimeSpan.FromMilliseconds(200) });

            Assert.Equal(InspectionStatus.Busy, late.Status);
            Assert.Contains("within 0.2 s", late.Detail, StringComparison.Ordinal);
        }

        Assert.Empty(engine.Calls);
        Assert.Equal(InspectionStatus.Inspected, (await silo.Detector.InspectStoredAsync("files/00/detect-late/original", order)).Status);
    }

    [Fact]
    public async Task Inspect_EngineBusy_AcceptsTheNextCallMeanwhile()
    {
        using var data = new TempFolder();
        var gate = new TaskCompletionSource();
        var engine = new FakeEngine(_ => DetectionOutcome.Busy) { Gate = gate.Task };
        await using var silo = await SiloHost.StartAsync(data, engine);
        var detector = silo.Detector;

        Task<InspectionReply>[] calls = [detector.InspectAsync(new([1]), _order), detector.InspectAsync(new([2]), _order)];

        await Eventually.GetAsync(() => Task.FromResult(engine.Calls.Count), count => count == 2);
        gate.SetResult();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Inspect_EngineIsStopping_IsUnavailable()
    {
        var reply = await _detector.InspectAsync(new([ScriptedSilo.Stopping, 24]), _order);

        Assert.Equal((InspectionStatus.Unavailable, "Model 'pcb-defects' can't be run at the moment."), (reply.Status, reply.Detail));
    }

    [Fact]
    public async Task Inspect_EngineCannotBeCreated_IsUnavailable()
    {
        using var data = new TempFolder();
        await using var silo = await SiloHost.StartAsync(data, FakeEngine.Finding(), services => services.Replace(ServiceDescriptor.Singleton(
            new DetectionEngines(TestModels.Shelf, _ => throw new IOException("The test says no.")))));

        var reply = await silo.Detector.InspectAsync(new([1]), _order);

        Assert.Equal((InspectionStatus.Unavailable, "Model 'pcb-defects' can't be run at the moment."), (reply.Status, reply.Detail));
    }

    [Fact]
    public async Task Inspect_OptionsOfTheOrder_ReachTheEngine()
    {
        using var data = new TempFolder();
        var engine = FakeEngine.Finding();
        await using var silo = await SiloHost.StartAsync(data, engine);

        var picture = await File.ReadAllBytesAsync(Repository.Path("samples-references", "open.jpg"));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(picture));
        await using (var staged = await silo.Objects.StageAsync())
        {
            await staged.Content.WriteAsync(picture);
            await staged.CommitAsync(ReferenceObjects.KeyOf(sha256));
        }

        var profile = Samples.Profile with { References = [new() { Sha256 = sha256 }] };

        await silo.Detector.InspectAsync(
            new([1]), new() { Sha256 = Sha256, Profile = VersionOf(profile), Overrides = new(0.7f, null), WaitWhenFull = true });

        var options = Assert.Single(engine.Calls);
        Assert.Equal((0.7f, 0.45f), (options.Confidence, options.Iou));
        Assert.True(options is { ClassAgnosticNms: true, DecodeFullScale: true, MeasureQuality: true, WaitWhenFull: true });
        Assert.Equal((sha256, 640), (Assert.Single(options.References).Sha256, options.References[0].Prepared.Plane.Width));
        Assert.Equal((0.5, true), (options.Registration.MinFit, options.Registration.Perspective));
    }

    private static ProfileVersion VersionOf(ComponentProfile profile) => new() { Reference = new("board", 1), CreatedAt = Samples.Accepted, Profile = profile };
}
