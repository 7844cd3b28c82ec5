using Chitti.Domain;
using Chitti.Storage;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

/// <summary>An outage pauses the work; it costs neither the work nor an attempt.</summary>
public class OutageTests
{
    private static readonly Finding _open = new(0, "open", 0.9f, new(10, 20, 30, 40));

    [Fact]
    public async Task Complete_CatalogIsDown_IsDeliveredAgainAndInspectedOnce()
    {
        using var data = new TempFolder();
        var plan = new FaultPlan();
        var engine = FakeEngine.Finding(_open);
        await using var silo = await SiloHost.StartAsync(data, engine, services => services.AddFaults<ICatalog>(plan));
        plan.Fail(nameof(ICatalog.CompleteFileAsync), 2);

        var file = await Uploads.UploadAsync(silo, [1]);

        var row = await Uploads.WaitForRowAsync(silo, file.GetPrimaryKey());
        var ended = await file.GetAsync();
        Assert.Equal(("completed", ended!.Inspection!.Id), (row.State, row.InspectionId));
        Assert.Equal(3, plan.CallsOf(nameof(ICatalog.CompleteFileAsync)));
        Assert.Single(engine.Calls);
    }

    [Fact]
    public async Task Process_StateCannotBeWritten_CompletesOnceItCan()
    {
        using var data = new TempFolder();
        var plan = new FaultPlan();
        var gate = new TaskCompletionSource();
        var engine = new FakeEngine(_ => FakeEngine.Found(_open)) { Gate = gate.Task };
        await using var silo = await SiloHost.StartAsync(data, engine, services => services.AddStateFaults(plan));
        var file = await Uploads.UploadAsync(silo, [1]);
        await Eventually.GetAsync(() => Task.FromResult(engine.Calls.Count), count => count == 1);

        plan.Fail("Write", 1);
        gate.SetResult();

        var row = await Uploads.WaitForRowAsync(silo, file.GetPrimaryKey());
        Assert.Equal(("completed", (await file.GetAsync())!.Inspection!.Id), (row.State, row.InspectionId));
    }

    [Fact]
    public async Task Process_ObjectStoreIsDown_CompletesOnceItIsBackAndCountsNoAttempt()
    {
        using var data = new TempFolder();
        var plan = new FaultPlan();
        await using var silo = await SiloHost.StartAsync(
            data, FakeEngine.Finding(_open), services => services.AddFaults<IObjectStore>(plan));
        // One more than the attempts that an image has.
        plan.Fail(nameof(IObjectStore.OpenReadAsync), 4);

        var file = await Uploads.UploadAsync(silo, [1]);

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(file)).Status);
        Assert.Equal(5, plan.CallsOf(nameof(IObjectStore.OpenReadAsync)));
    }

    [Fact]
    public async Task Register_CatalogCannotNoteTheConfirmation_IsInspectedAllTheSame()
    {
        using var data = new TempFolder();
        var plan = new FaultPlan();
        await using var silo = await SiloHost.StartAsync(data, FakeEngine.Finding(_open), services => services.AddFaults<ICatalog>(plan));
        plan.Fail(nameof(ICatalog.MarkPublishedAsync), 1);

        var file = await Uploads.UploadAsync(silo, [1]);

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(file)).Status);
    }
}
