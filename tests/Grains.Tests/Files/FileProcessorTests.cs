using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Chitti.Grains.Tests;

public class FileProcessorTests(ScriptedSilo scripted) : IClassFixture<ScriptedSilo>
{
    private readonly SiloHost _silo = scripted.Host;

    [Theory]
    [InlineData(ScriptedSilo.UnknownFormat, "no known format")]
    [InlineData(ScriptedSilo.OverLimit, "too wide")]
    [InlineData(ScriptedSilo.Unreadable, "cut off")]
    public async Task Process_ImageFault_EndsAsFailedAtOnce(byte script, string detail)
    {
        byte[] image = [script, 1];
        var file = await Uploads.UploadAsync(_silo, image);

        var ended = await Uploads.WaitForEndAsync(file);

        Assert.Equal((FileStatus.Failed, detail), (ended.Status, ended.Error));
        Assert.Equal(1, scripted.AttemptsOf(image));
        var row = await Uploads.WaitForRowAsync(_silo, ended.Id);
        Assert.Equal((FileStatus.Failed, detail), (row.Status, row.Error));
    }

    [Fact]
    public async Task Process_EngineThrows_EndsAsFailedAfterThreeAttemptsAndContinues()
    {
        byte[] broken = [ScriptedSilo.Throws, 2];
        var first = await Uploads.UploadAsync(_silo, broken, partition: 1);
        var next = await Uploads.UploadAsync(_silo, [ScriptedSilo.Good, 2], partition: 1);

        var failed = await Uploads.WaitForEndAsync(first);
        var completed = await Uploads.WaitForEndAsync(next);

        Assert.Equal(FileStatus.Failed, failed.Status);
        Assert.Equal("3 attempts failed, the last with: the engine failed on the image (ArithmeticException)", failed.Error);
        Assert.Equal(3, scripted.AttemptsOf(broken));
        Assert.Equal(FileStatus.Completed, completed.Status);
    }

    [Fact]
    public async Task Process_InspectionOutlastsTheDelivery_IsDoneOnceAndTheNextFollows()
    {
        using var data = new TempFolder();
        var gate = new TaskCompletionSource();
        var engine = new FakeEngine(_ => FakeEngine.Found()) { Gate = gate.Task };
        var deliveries = new Deliveries();
        await using var silo = await SiloHost.StartAsync(data, engine, services =>
        {
            services.AddSingleton<IOutgoingGrainCallFilter>(deliveries);
            services.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(3));
        });
        var slow = await Uploads.UploadAsync(silo, [1], partition: 5);
        await Eventually.GetAsync(() => Task.FromResult(engine.Calls.Count), count => count == 1);
        var next = await Uploads.UploadAsync(silo, [2], partition: 5);

        await Eventually.GetAsync(() => Task.FromResult(deliveries.Count), count => count >= 3);
        gate.SetResult();

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(slow)).Status);
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(next)).Status);
        Assert.Equal(2, engine.Calls.Count);
        Assert.All(engine.Calls, options => Assert.Null(options.Patience));
    }

    [Fact]
    public async Task Process_MachineTooBusyForOneImage_TheNextOfThePartitionPassesIt()
    {
        using var data = new TempFolder();
        var busy = true;
        var engine = new FakeEngine(image => image.Span[0] == 1 && Volatile.Read(ref busy)
            ? new() { Fault = new(ImageFaultKind.Interrupted, "too busy") }
            : FakeEngine.Found());
        await using var silo = await SiloHost.StartAsync(data, engine);
        var interrupted = await Uploads.UploadAsync(silo, [1], partition: 5);
        var next = await Uploads.UploadAsync(silo, [2], partition: 5);

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(next)).Status);
        var entry = await silo.Ledger.GetAsync(interrupted.GetPrimaryKey());
        Assert.Equal("too busy", entry!.LastError);
        Assert.NotNull(entry.OutageSince);
        Assert.InRange(entry.Attempts, 0, 1);

        Volatile.Write(ref busy, false);
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(interrupted)).Status);
    }

    [Fact]
    public async Task Process_SiloStopsDuringALongInspection_LosesNoAttempt()
    {
        using var data = new TempFolder();
        var engine = new FakeEngine(_ => FakeEngine.Found()) { Gate = new TaskCompletionSource().Task };
        Guid id;
        await using (var silo = await SiloHost.StartAsync(data, engine))
        {
            id = (await Uploads.UploadAsync(silo, [1])).GetPrimaryKey();
            await Eventually.GetAsync(() => Task.FromResult(engine.Calls.Count), count => count == 1);
        }

        await using var next = await SiloHost.StartAsync(data, engine);
        await Eventually.GetAsync(() => Task.FromResult(engine.Calls.Count), count => count == 2);
        Assert.Equal(1, (await next.Ledger.GetAsync(id))!.Attempts);
    }

    [Fact]
    public async Task Process_EngineThrowsOnce_CompletesAtTheSecondAttempt()
    {
        byte[] image = [ScriptedSilo.ThrowsOnce, 3];
        var file = await Uploads.UploadAsync(_silo, image);

        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(file)).Status);
        Assert.Equal(2, scripted.AttemptsOf(image));
    }

    [Theory]
    [InlineData(ScriptedSilo.UnknownClass)]
    [InlineData(ScriptedSilo.NoNumber)]
    public async Task Process_EngineReturnsInvalidResult_EndsAsFailed(byte script)
    {
        byte[] image = [script, 4];
        var file = await Uploads.UploadAsync(_silo, image);

        var ended = await Uploads.WaitForEndAsync(file);

        Assert.Equal(FileStatus.Failed, ended.Status);
        Assert.Equal(3, scripted.AttemptsOf(image));
    }

    [Fact]
    public async Task Process_UnknownProfileVersion_EndsAsFailed()
    {
        var file = await Uploads.UploadAsync(_silo, [ScriptedSilo.Good, 5], new("pcb-defects", 99));

        var ended = await Uploads.WaitForEndAsync(file);

        Assert.Equal((FileStatus.Failed, "Profile 'pcb-defects' has no version 99."), (ended.Status, ended.Error));
    }

    [Fact]
    public async Task Process_ModelOfRenamedClasses_IsForReviewAndSaysWhich()
    {
        using var data = new TempFolder();
        var model = TestModels.Shelf.Default.Description;
        var engine = new FakeEngine(_ => FakeEngine.Found(new Finding(0, "new-open", 0.9f, new(10, 20, 30, 40))))
        {
            Model = model with { Classes = [.. model.Classes.Select(name => $"new-{name}")] },
        };
        await using var silo = await SiloHost.StartAsync(data, engine);

        var ended = await Uploads.WaitForEndAsync(await Uploads.UploadAsync(silo, [1]));

        Assert.Equal(Verdict.Review, ended.Inspection!.Verdict);
        Assert.Contains($"does not find: {string.Join(", ", model.Classes)}", ended.Inspection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_ObjectGone_EndsAsFailed()
    {
        var row = await Uploads.StoreAsync(_silo, [ScriptedSilo.Good, 6]);
        await _silo.Objects.DeleteAsync(row.Metadata.ObjectKey);
        var file = _silo.Grains.GetGrain<IFileGrain>(row.Id);
        await Uploads.PublishAsync(_silo, row.Id);

        var ended = await Uploads.WaitForEndAsync(file);

        Assert.Equal((FileStatus.Failed, "The bytes of the image are gone."), (ended.Status, ended.Error));
    }

    [Fact]
    public async Task Process_ObjectReplacedByAnother_EndsAsFailedAtOnceAndIsNotInspected()
    {
        byte[] other = [ScriptedSilo.Good, 9];
        var row = await Uploads.StoreAsync(_silo, [ScriptedSilo.Good, 10]);
        await Uploads.PutAsync(_silo.Objects, row.Metadata.ObjectKey, other);
        await Uploads.PublishAsync(_silo, row.Id);

        var ended = await Uploads.WaitForRowAsync(_silo, row.Id);

        Assert.Equal(
            (FileStatus.Failed, "The stored picture was altered: its bytes no longer have the SHA-256 recorded at upload."), (ended.Status, ended.Error));
        Assert.Equal(0, scripted.AttemptsOf(other));
    }

    [Fact]
    public async Task Process_PublishedTwice_IsInspectedOnce()
    {
        byte[] image = [ScriptedSilo.Good, 7];
        var row = await Uploads.StoreAsync(_silo, image, partition: 2);
        var file = _silo.Grains.GetGrain<IFileGrain>(row.Id);
        await Uploads.PublishAsync(_silo, row.Id);
        await Uploads.PublishAsync(_silo, row.Id);

        // A later file on the same partition has waited for both events.
        await Uploads.WaitForEndAsync(await Uploads.UploadAsync(_silo, [ScriptedSilo.Good, 8], partition: 2));

        var ended = await Uploads.WaitForEndAsync(file);
        Assert.Equal(1, scripted.AttemptsOf(image));
        Assert.Equal(ended.Inspection!.Id, (await Uploads.WaitForRowAsync(_silo, row.Id)).InspectionId);
    }

    [Fact]
    public async Task Process_EngineBusy_ShowsProcessingAndTheNextQueued()
    {
        using var data = new TempFolder();
        var gate = new TaskCompletionSource();
        var engine = new FakeEngine(_ => FakeEngine.Found()) { Gate = gate.Task };
        await using var silo = await SiloHost.StartAsync(data, engine);

        var first = await Uploads.UploadAsync(silo, [1], partition: 3);
        await Eventually.GetAsync(() => Task.FromResult(engine.Calls.Count), count => count == 1);
        var second = await Uploads.UploadAsync(silo, [2], partition: 3);

        Assert.Equal(FileStatus.Processing, (await first.GetAsync())!.Status);
        Assert.Equal(FileStatus.Queued, (await second.GetAsync())!.Status);
        gate.SetResult();
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(first)).Status);
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForEndAsync(second)).Status);
    }

    /// <summary>Counts the calls with which a stream delivers.</summary>
    private sealed class Deliveries : IOutgoingGrainCallFilter
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (context.MethodName.StartsWith("Deliver", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _count);
            }

            return context.Invoke();
        }
    }
}
