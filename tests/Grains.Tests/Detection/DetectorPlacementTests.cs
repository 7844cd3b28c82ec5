using Chitti.Detection;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Chitti.Grains.Tests;

public class DetectorPlacementTests
{
    [Fact]
    public async Task Silo_WithoutTheRole_LoadsNoDetectionAndFindsTheDetector()
    {
        await using var cluster = await DetectorCluster.StartAsync(detectors: 1);
        var core = cluster.Core.ServiceProvider;

        Assert.Null(core.GetService<ModelShelf>());
        Assert.Null(core.GetService<DetectionEngines>());
        var classes = core.GetRequiredService<IOptions<GrainTypeOptions>>().Value.Classes;
        Assert.Contains(typeof(DetectorDirectoryGrain), classes);
        Assert.DoesNotContain(typeof(DetectorGrain), classes);
        var detector = Assert.Single(cluster.Detectors);
        await cluster.WhenListedAsync(detector);

        var reply = await DetectorCluster.InspectAsync(core.GetRequiredService<DetectorChoice>());

        Assert.Equal(InspectionStatus.Inspected, reply.Status);
        Assert.Single(cluster.EngineOf(detector).Calls);
    }

    [Fact]
    public void Assemblies_OfGrains_ReferenceNoInference()
    {
        // Orleans loads every assembly marked as an application part, regardless of the silo's roles.
        Assert.False(typeof(DetectorGrain).Assembly.IsDefined(typeof(ApplicationPartAttribute), inherit: false));
        string[] foreign = ["Chitti.Detection", "Chitti.Inference", "Microsoft.ML.OnnxRuntime"];
        Assert.Empty(typeof(FileProcessorGrain).Assembly.GetReferencedAssemblies().Select(name => name.Name).Intersect(foreign));
    }

    [Fact]
    public async Task Call_KeyOfASilo_RunsThereAndNowhereElse()
    {
        await using var cluster = await DetectorCluster.StartAsync(detectors: 2);
        foreach (var silo in cluster.Detectors)
        {
            var detector = cluster.Grains.GetGrain<IDetectorGrain>(DetectorCluster.KeyOf(silo));

            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => detector.InspectAsync(new([1]), DetectorCluster.Order())));

            Assert.Equal(5, cluster.EngineOf(silo).Calls.Count);
        }

        Assert.All(cluster.Detectors, silo => Assert.Equal(5, cluster.EngineOf(silo).Calls.Count));
    }

    [Fact]
    public async Task Call_KeyOfNoSilo_FailsAndActivatesNowhere()
    {
        await using var cluster = await DetectorCluster.StartAsync(detectors: 1);
        string[] keys = ["elsewhere/cpu", DetectorCluster.KeyOf(cluster.Core), "cpu"];

        foreach (var key in keys)
        {
            await Assert.ThrowsAnyAsync<OrleansException>(
                () => cluster.Grains.GetGrain<IDetectorGrain>(key).InspectAsync(new([1]), DetectorCluster.Order()));
        }

        Assert.Empty(cluster.EngineOf(cluster.Detectors[0]).Calls);
    }

    [Fact]
    public async Task Choice_TwoDetectorSilos_UsesBothAndAfterAStopTheOther()
    {
        await using var cluster = await DetectorCluster.StartAsync(detectors: 2);
        var (stopped, other) = (cluster.Detectors[0], cluster.Detectors[1]);
        await cluster.WhenListedAsync(stopped, other);
        for (var call = 0; call < 10; call++)
        {
            await DetectorCluster.InspectAsync(cluster.Choice);
        }

        Assert.NotEmpty(cluster.EngineOf(stopped).Calls);
        Assert.NotEmpty(cluster.EngineOf(other).Calls);
        var before = cluster.EngineOf(other).Calls.Count;

        await cluster.Cluster.StopSiloAsync(stopped);

        // It has withdrawn. The choice may still list it, and then finds that its silo is gone.
        await cluster.WhenListedAsync(other);
        for (var call = 0; call < 10; call++)
        {
            Assert.Equal(InspectionStatus.Inspected, (await DetectorCluster.InspectAsync(cluster.Choice)).Status);
        }

        Assert.Equal(before + 10, cluster.EngineOf(other).Calls.Count);
    }

    [Fact]
    public async Task Choice_TheOnlyDetectorSiloStops_IsAnOutageUntilAnotherStarts()
    {
        await using var cluster = await DetectorCluster.StartAsync(detectors: 1);
        var detector = cluster.Detectors[0];
        await cluster.WhenListedAsync(detector);
        await DetectorCluster.InspectAsync(cluster.Choice);

        await cluster.Cluster.StopSiloAsync(detector);

        var outage = await Assert.ThrowsAsync<OutageException>(() => DetectorCluster.InspectAsync(cluster.Choice));
        Assert.Equal(Outage.Detector, outage.Outage);
        await cluster.Cluster.StartAdditionalSiloAsync();
        await Eventually.GetAsync(() => cluster.Choice.ListAsync(), list => list.Count == 1);
        Assert.Equal(InspectionStatus.Inspected, (await DetectorCluster.InspectAsync(cluster.Choice)).Status);
    }

    [Fact]
    public async Task Start_NoCoreSiloYet_IsRegisteredAndListedOnceOneIsUp()
    {
        await using var cluster = await DetectorCluster.StartAsync(detectors: 1, withCore: false);
        var outage = await Assert.ThrowsAsync<OutageException>(() => DetectorCluster.InspectAsync(cluster.Choice));
        Assert.Equal(Outage.Detector, outage.Outage);

        await cluster.Cluster.StartAdditionalSiloAsync();

        await cluster.WhenListedAsync(Assert.Single(cluster.Detectors));
        var models = await cluster.Grains.GetGrain<IModelListGrain>(0).ListAsync();
        Assert.Equal(TestModels.Shelf.Models.Select(model => model.Description.Id), models.Models.Select(model => model.Identity.Id));
        Assert.Equal(InspectionStatus.Inspected, (await DetectorCluster.InspectAsync(cluster.Choice)).Status);
    }

    [Fact]
    public async Task Choice_UnknownModel_NamesTheKnownOnes()
    {
        await using var cluster = await DetectorCluster.StartAsync(detectors: 1);
        await cluster.WhenListedAsync(cluster.Detectors[0]);

        var reply = await DetectorCluster.InspectAsync(cluster.Choice, "x-ray");

        Assert.Equal((InspectionStatus.UnknownModel, "There is no model 'x-ray'; existing models: pcb-defects."), (reply.Status, reply.Detail));
    }

    [Fact]
    public async Task Directory_QueueGrows_IsUpdated()
    {
        await using var cluster = await DetectorCluster.StartAsync(detectors: 1);
        var detector = cluster.Detectors[0];
        await cluster.WhenListedAsync(detector);
        await DetectorCluster.InspectAsync(cluster.Choice);

        cluster.EngineOf(detector).QueueLength = 40;

        var listed = await Eventually.GetAsync(
            () => cluster.Grains.GetGrain<IDetectorDirectoryGrain>(0).ListAsync(), list => list.Single().QueueLength == 40);
        Assert.Equal(("cpu", "pcb-defects"), (listed[0].Accelerator, Assert.Single(listed[0].ModelIds)));
    }
}
