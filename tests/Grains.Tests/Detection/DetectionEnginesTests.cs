using Chitti.Detection;
using Chitti.Inference;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

public class DetectionEnginesTests
{
    private const string Model = "pcb-defects";

    [Fact]
    public async Task GetOrLoad_LoadingFailed_IsRetriedAndUsableOnceItSucceeds()
    {
        var attempts = 0;
        await using var engines = new DetectionEngines(
            TestModels.Shelf,
            _ => Interlocked.Increment(ref attempts) == 1 ? throw new IOException("The test says no.") : FakeEngine.Finding());
        Assert.Equal([Model], engines.UsableModelIds);

        await Assert.ThrowsAsync<IOException>(() => engines.GetOrLoadAsync(Model)!);

        Assert.Empty(engines.UsableModelIds);
        await Eventually.GetAsync(
            () => engines.GetOrLoadAsync(Model)!.ContinueWith(loading => loading.IsCompletedSuccessfully, TaskScheduler.Default), loaded => loaded);
        Assert.Equal([Model], engines.UsableModelIds);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public void GetOrLoad_UnknownModel_IsNull() =>
        Assert.Null(new DetectionEngines(TestModels.Shelf, _ => FakeEngine.Finding()).GetOrLoadAsync("x-ray"));

    [Fact]
    public async Task QueueLength_LoadedEngine_IsCounted()
    {
        await using var engines = new DetectionEngines(TestModels.Shelf, _ => new FakeEngine(_ => DetectionOutcome.Busy) { QueueLength = 3 });
        Assert.Equal(0, engines.QueueLength);

        await engines.GetOrLoadAsync(Model)!;

        Assert.Equal(3, engines.QueueLength);
    }

    [Fact]
    public async Task Load_SeveralAtOnce_RunsOneAtATime()
    {
        var (running, most) = (0, 0);
        var loader = new EngineLoader(_ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Thread.SpinWait(100_000);
            Interlocked.Decrement(ref running);
            return FakeEngine.Finding();
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => loader.LoadAsync(TestModels.Shelf.Default)));

        Assert.Equal(1, most);
    }
}
