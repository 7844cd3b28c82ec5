using System.Text.Json;
using Chitti.Detection;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chitti.Grains.Tests;

public class InspectorTests
{
    private static readonly InspectionOrder _order = new()
    {
        Sha256 = new string('0', 64),
        Profile = new() { Reference = new("board", 2), CreatedAt = Samples.Accepted, Profile = Given.Profile() },
    };

    [Fact]
    public async Task Inspect_ValuesWithManyDecimals_AreRoundedOnce()
    {
        var inspection = await InspectAsync(FoundIn(1.23456, new Finding(0, "open", 0.84621793f, new(173.68254f, -0.004f, 31.955292f, 41.108887f))));

        var indication = Assert.Single(inspection.Indications);
        Assert.Equal((0.8462f, new Box(173.68f, 0, 31.96f, 41.11f), 1313.88), (indication.Confidence, indication.Box, indication.Area));
        Assert.Equal(new(1.235, 1.235, 1.235, 1.235, 1.235, 1.235), inspection.Timing);
        var read = JsonSerializer.Deserialize<Inspection>(JsonSerializer.Serialize(inspection, ApiJson.Options), ApiJson.Options)!;
        Assert.Equal(inspection.Indications, read.Indications);
        Assert.Equal(inspection.Gates, read.Gates);
        Assert.Equal(inspection with { Indications = [], Gates = [] }, read with { Indications = [], Gates = [] });
    }

    [Theory]
    [InlineData(0.59996f, Verdict.Fail)]
    [InlineData(0.59994f, Verdict.Review)]
    public async Task Inspect_ConfidenceNearAThreshold_IsJudgedAsItIsRecorded(float confidence, Verdict verdict) =>
        Assert.Equal(verdict, (await InspectAsync(FoundIn(1, Given.Finding(confidence)))).Verdict);

    [Fact]
    public async Task Inspect_PictureUnlikeTheTraining_IsForReviewWithTheDistance()
    {
        var inspection = await InspectAsync(Compared(new() { Distance = 61.27, Place = (320, 192), Picture = new(0.1, 0.2, null) }));

        Assert.Equal(Verdict.Review, inspection.Verdict);
        Assert.Matches(@"^does not look like what the model was trained on \(distance 61\.3, limit [0-9.]+, most of all around 320, 192\)$", inspection.Reason);
        var gate = Assert.Single(inspection.Gates, gate => gate.Name == GateName.Distribution);
        Assert.Equal((61.27, false, inspection.Reason), (gate.Value, gate.Passed, gate.Reason));
        Assert.True(Assert.Single(inspection.Gates, one => one.Name == GateName.Appearance).Passed);
        Assert.Equal((TrainingKnowledge.Features, null), (inspection.TrainingKnowledge, inspection.TrainingNote));
    }

    [Fact]
    public async Task Inspect_PictureThatLooksOtherwise_IsForReviewWithWhatIsUnlike()
    {
        var inspection = await InspectAsync(Compared(new() { Distance = 1, Picture = new(0.8, 0.2, "80 % of its edges run diagonally") }));

        Assert.Equal(
            (Verdict.Review, "does not look like what the model was trained on (80 % of its edges run diagonally)"),
            (inspection.Verdict, inspection.Reason));
    }

    [Fact]
    public async Task Inspect_PictureTooNarrowToCompare_IsForReview() => Assert.Contains(
        "too narrow", (await InspectAsync(Compared(new() { IsTooNarrow = true, Picture = new(0.1, 0.2, null) }))).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task Inspect_InfiniteDistance_CanBeStored()
    {
        var inspection = await InspectAsync(Compared(new() { Distance = double.PositiveInfinity, Picture = new(0.1, 0.2, null) }));

        Assert.Equal(Verdict.Review, inspection.Verdict);
        Assert.Contains("\"gates\"", JsonSerializer.Serialize(inspection, ApiJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_ModelWithoutStatistics_SaysThatThereIsNoSuchGate()
    {
        var engine = new FakeEngine(_ => FakeEngine.Found()) { Model = TestModels.Shelf.Default.Description with { Statistics = null } };

        var inspection = (await InspectAsync(engine, _order)).Inspection!;

        Assert.Equal((Verdict.Pass, TrainingKnowledge.None), (inspection.Verdict, inspection.TrainingKnowledge));
        Assert.StartsWith("no gate checks whether the picture looks like", inspection.TrainingNote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_CreatedAt_IsTheTimeOfTheInspection() =>
        Assert.Equal(Samples.Accepted, (await InspectAsync(FakeEngine.Found())).CreatedAt);

    [Fact]
    public async Task Inspect_RequestedModelLacksAClass_IsUnfitAndNotRun()
    {
        var engine = FakeEngine.Finding();
        var profile = _order.Profile with { Profile = Given.Profile(Given.Criterion(), Given.Criterion("rust")) };

        var reply = await InspectAsync(engine, _order with { Profile = profile, ModelOverride = "pcb-defects" });

        Assert.Equal(InspectionStatus.UnfitModel, reply.Status);
        Assert.Equal(
            "does not find rust, which profile 'board' judges; it finds open, short, mousebite, spur, spurious_copper, pin_hole", reply.Detail);
        Assert.Empty(engine.Calls);
    }

    [Fact]
    public async Task Inspect_ModelOfTheProfileLacksAClass_IsForReview()
    {
        var profile = _order.Profile with { Profile = Given.Profile(Given.Criterion(), Given.Criterion("rust")) };

        var reply = await InspectAsync(FakeEngine.Finding(), _order with { Profile = profile });

        Assert.Equal(Verdict.Review, reply.Inspection!.Verdict);
    }

    [Fact]
    public async Task Inspect_EngineStops_IsUnavailable()
    {
        var reply = await InspectAsync(new FakeEngine(_ => throw new ObjectDisposedException("engine")), _order);

        Assert.Equal((InspectionStatus.Unavailable, "Model 'pcb-defects' can't be run at the moment."), (reply.Status, reply.Detail));
    }

    [Fact]
    public async Task Inspect_TimeWasUpBeforeTheCall_IsBusy()
    {
        var engine = new FakeEngine(_ => new() { RetryAfter = TimeSpan.Zero });

        var reply = await InspectAsync(engine, _order with { Patience = TimeSpan.FromSeconds(-1) });

        Assert.Equal((InspectionStatus.Busy, "There was no time for this one: it was up before the inspection began."), (reply.Status, reply.Detail));
        Assert.Empty(engine.Calls);
    }

    [Fact]
    public async Task Inspect_TimeEndsAfterItWasBegun_DoesNotBlameTheImagesAhead()
    {
        var engine = new FakeEngine(_ => new() { RetryAfter = TimeSpan.Zero, Begun = true });

        var reply = await InspectAsync(engine, _order with { Patience = TimeSpan.FromSeconds(4) });

        Assert.Equal(
            (InspectionStatus.Busy, "There was no time for this one within 4 s: it was begun, but waited for memory or is slow to decode."),
            (reply.Status, reply.Detail));
    }

    [Fact]
    public async Task Inspect_TimeEndsWhileTheModelIsLoaded_IsUnavailable()
    {
        using var loaded = new ManualResetEventSlim();
        await using var engines = new DetectionEngines(TestModels.Shelf, _ =>
        {
            loaded.Wait();
            return FakeEngine.Finding();
        });
        using var references = new ReferenceCache(new NoReferences(), new(), Options.Create(new DetectorOptions()));
        var inspector = new Inspector(TestModels.Shelf, engines, references, TimeProvider.System, NullLogger<Inspector>.Instance);

        var reply = await inspector.InspectAsync(new byte[] { 1 }, _order with { Patience = TimeSpan.FromMilliseconds(1) }, CancellationToken.None);
        loaded.Set();

        Assert.Equal((InspectionStatus.Unavailable, "Model 'pcb-defects' is still being loaded."), (reply.Status, reply.Detail));
    }

    private static DetectionOutcome FoundIn(double milliseconds, params Finding[] findings)
    {
        var timing = new InspectionTiming(milliseconds, milliseconds, milliseconds, milliseconds, milliseconds, milliseconds);
        return new() { Result = FakeEngine.Found(findings).Result! with { Timing = timing } };
    }

    private static DetectionOutcome Compared(TrainingComparison training) => new() { Result = FakeEngine.Found().Result! with { Training = training } };

    private static async Task<Inspection> InspectAsync(DetectionOutcome outcome) =>
        (await InspectAsync(new FakeEngine(_ => outcome), _order)).Inspection!;

    private static async Task<InspectionReply> InspectAsync(FakeEngine engine, InspectionOrder order)
    {
        await using var engines = new DetectionEngines(TestModels.Shelf, _ => engine);
        using var references = new ReferenceCache(new NoReferences(), new(), Options.Create(new DetectorOptions()));
        var inspector = new Inspector(TestModels.Shelf, engines, references, new SetTime { Now = Samples.Accepted }, NullLogger<Inspector>.Instance);
        return await inspector.InspectAsync(new byte[] { 1 }, order, CancellationToken.None);
    }
}
