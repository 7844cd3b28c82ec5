using Chitti.Domain;
using Chitti.Inference;
using Chitti.Storage;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Grains.Tests;

/// <summary>An outage pauses the work; no work is lost and no attempt is counted.</summary>
public abstract class OutageTests
{
    private static readonly Finding _open = new(0, "open", 0.9f, new(10, 20, 30, 40));

    [Fact]
    public async Task Complete_DatabaseIsDown_IsDeliveredAgainAndInspectedOnce()
    {
        var plan = new FailurePlan();
        var engine = FakeEngine.Finding(_open);
        await using var silo = await StartAsync(engine, services => services.AddFailures<IFileStore>(plan));
        plan.Fail(nameof(IFileStore.CompleteAsync), 2, NewOutage);

        var file = await Uploads.UploadAsync(silo, [1]);

        var row = await Uploads.WaitForRowAsync(silo, file.GetPrimaryKey());
        var ended = await file.GetAsync();
        Assert.Equal((FileStatus.Completed, ended!.Inspection!.Id), (row.Status, row.InspectionId));
        Assert.Equal(3, plan.CallsOf(nameof(IFileStore.CompleteAsync)));
        Assert.Single(engine.Calls);
    }

    [Fact]
    public async Task Complete_RowCannotBeWritten_IsAFailureOfTheFileAndEndsIt()
    {
        var plan = new FailurePlan();
        var engine = FakeEngine.Finding(_open);
        await using var silo = await StartAsync(engine, services => services.AddFailures<IFileStore>(plan));
        plan.Fail(nameof(IFileStore.CompleteAsync), 3, () => new InvalidDataException("The row does not fit."));

        var ended = await Uploads.WaitForEndAsync(await Uploads.UploadAsync(silo, [1]));

        Assert.Equal(FileStatus.Failed, ended.Status);
        Assert.Contains("The row does not fit.", ended.Error, StringComparison.Ordinal);
        Assert.Equal(3, engine.Calls.Count);
    }

    [Fact]
    public async Task Process_BusyDetector_IsWaitedOut()
    {
        var calls = 0;
        var engine = new FakeEngine(_ => Interlocked.Increment(ref calls) <= 4 ? DetectionOutcome.Busy : FakeEngine.Found(_open));
        await using var silo = await StartAsync(engine);

        var file = await Uploads.UploadAsync(silo, [1]);

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(file)).Status);
        Assert.Equal(5, calls);
    }

    [Fact]
    public async Task Process_OneUnreadableObject_FailsItsFileAndThePartitionContinues()
    {
        var plan = new FailurePlan();
        await using var silo = await StartAsync(FakeEngine.Finding(_open), services => services.AddFailures<IObjectStore>(plan));
        var unreadable = await Uploads.StoreAsync(silo, [1], partition: 1);
        plan.FailFor(nameof(IObjectStore.OpenReadAsync), unreadable.Metadata.ObjectKey, new IOException("Input/output error"));
        await Uploads.PublishAsync(silo, unreadable.Id);
        var next = await Uploads.UploadAsync(silo, [2], partition: 1);

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(next)).Status);
        var ended = await Uploads.WaitForRowAsync(silo, unreadable.Id);
        Assert.Equal(FileStatus.Failed, ended.Status);
        Assert.Contains("Input/output error", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_OutageLongerThanAllowed_IsStuckUntilItEnds()
    {
        var plan = new FailurePlan();
        await using var silo = await StartAsync(FakeEngine.Finding(_open), services =>
        {
            services.AddFailures<IObjectStore>(plan);
            services.PostConfigure<WorkOptions>(options => options.StuckAfter = TimeSpan.FromSeconds(1));
        });
        plan.Fail(nameof(IObjectStore.OpenReadAsync), int.MaxValue, NewOutage);

        var file = await Uploads.UploadAsync(silo, [1]);

        var entry = await Eventually.GetAsync(() => silo.Ledger.GetAsync(file.GetPrimaryKey()), entry => entry is { Stuck: true });
        Assert.Equal(0, entry!.LeaseHolder is null ? entry.Attempts : entry.Attempts - 1);
        Assert.Equal(1, await silo.Ledger.CountStuckAsync());
        plan.Mend(nameof(IObjectStore.OpenReadAsync));
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(file)).Status);
        Assert.Equal(0, await silo.Ledger.CountStuckAsync());
    }

    [Fact]
    public async Task Process_ObjectStoreIsDown_CompletesOnceItIsBackAndCountsNoAttempt()
    {
        var plan = new FailurePlan();
        await using var silo = await StartAsync(FakeEngine.Finding(_open), services => services.AddFailures<IObjectStore>(plan));
        // One more than the allowed attempts.
        plan.Fail(nameof(IObjectStore.OpenReadAsync), 4, NewOutage);

        var file = await Uploads.UploadAsync(silo, [1]);

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(file)).Status);
        Assert.Equal(5, plan.CallsOf(nameof(IObjectStore.OpenReadAsync)));
    }

    [Fact]
    public async Task Publish_ConfirmationCannotBeRecorded_IsInspectedAnyway()
    {
        var plan = new FailurePlan();
        await using var silo = await StartAsync(FakeEngine.Finding(_open), services => services.AddFailures<IWorkLedger>(plan));
        plan.Fail(nameof(IWorkLedger.MarkPublishedAsync), 1, NewOutage);

        var file = await Uploads.UploadAsync(silo, [1]);

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(file)).Status);
    }

    private protected abstract Task<TestHost> StartAsync(FakeEngine engine, Action<IServiceCollection>? configure = null);

    private static OutageException NewOutage() => new(Outage.Database, "The test says no.");
}
