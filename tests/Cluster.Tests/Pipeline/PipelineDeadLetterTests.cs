using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Grains.Tests;
using Chitti.Silo;
using Chitti.Storage;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RabbitMQ.Client;

namespace Chitti.Cluster.Tests;

/// <summary>Work that the broker gives up on is recorded in the ledger, and resumes when its message is replayed.</summary>
[Collection(PipelineGroup.Name)]
public sealed class PipelineDeadLetterTests(PipelineServers servers)
{
    [Fact]
    public async Task DeadLetter_BodyCannotBeRead_FailsItsFileWithTheReason()
    {
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding());
        var id = (await Uploads.StoreAsync(cluster, [1])).Id;

        await cluster.PublishUnreadableAsync("file-processing-0", id);

        var ended = await Uploads.WaitForRowAsync(cluster, id);
        Assert.Equal(FileStatus.Failed, ended.Status);
        Assert.Contains("The body can't be read", ended.Error, StringComparison.Ordinal);
        Assert.True((await cluster.Ledger.GetAsync(id))!.DeadLetter);
        await cluster.PassAsync(IWorkLedger.MessagePatience);
        Assert.Equal(0, await cluster.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync());
    }

    [Fact]
    public async Task DeadLetter_Replayed_PutsItsFileBackToWork()
    {
        var plan = new FailurePlan();
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding(), services => services.AddFailures<IFileStore>(plan));

        // Neither the begin nor the failure can be recorded, so the delivery itself fails, three times.
        plan.Fail(nameof(IFileStore.BeginAsync), 3, () => new InvalidDataException("The row is odd."));
        plan.Fail(nameof(IFileStore.FailAsync), 3, () => new InvalidDataException("The row is odd."));
        var id = (await Uploads.UploadAsync(cluster, [1])).GetPrimaryKey();

        var failed = await Uploads.WaitForRowAsync(cluster, id);
        Assert.Equal(FileStatus.Failed, failed.Status);
        Assert.Contains("after 3 failed deliveries", failed.Error, StringComparison.Ordinal);
        Assert.Contains("The row is odd.", failed.Error, StringComparison.Ordinal);
        await using (var letters = await cluster.OpenDeadLettersAsync())
        {
            Assert.Equal(1, await letters.ReplayAsync(letter => letter.EventIds.Contains(id.ToString())));
        }

        var completed = await Eventually.GetAsync(() => cluster.Files.GetAsync(id), row => row!.Status == FileStatus.Completed);
        Assert.Null(completed!.Error);
        Assert.Null(await cluster.Ledger.GetAsync(id));
    }

    [Fact]
    public async Task DeadLetter_MadeByTheBroker_FailsItsFile()
    {
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding());
        var id = (await Uploads.StoreAsync(cluster, [1])).Id;
        await MakeLetterByBrokerAsync(cluster, id);

        // The collector of a silo makes its first pass when it starts.
        await cluster.StartSiloAsync();

        var ended = await Uploads.WaitForRowAsync(cluster, id);
        Assert.Equal(FileStatus.Failed, ended.Status);
        Assert.Contains("expired", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeadLetter_OutageDuringCollection_IsRecordedAtTheNextPass()
    {
        var plan = new FailurePlan();
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding(), services => services.AddFailures<IFileStore>(plan));
        var id = (await Uploads.StoreAsync(cluster, [1])).Id;
        await MakeLetterByBrokerAsync(cluster, id);
        plan.Fail(nameof(IFileStore.FailAsync), 1, () => new OutageException(Outage.Database, "The test says no."));
        var time = new FakeTimeProvider();
        using var collector = ActivatorUtilities.CreateInstance<DeadLetterCollector>(cluster.Services, time);

        await collector.StartAsync(CancellationToken.None);
        await Eventually.GetAsync(() => Task.FromResult(plan.CallsOf(nameof(IFileStore.FailAsync))), calls => calls == 1);
        var ended = await Eventually.GetAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                return cluster.Files.GetAsync(id);
            },
            row => row!.Status != FileStatus.Queued);
        await collector.StopAsync(CancellationToken.None);

        Assert.Equal(FileStatus.Failed, ended!.Status);
    }

    /// <summary>Publishes a message about a file and lets it expire.</summary>
    private static async Task MakeLetterByBrokerAsync(ClusterHost cluster, Guid id)
    {
        await using (var connection = await new ConnectionFactory { Uri = cluster.BrokerUri }.CreateConnectionAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.QueueDeclareAsync("short-lived", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
            {
                ["x-message-ttl"] = 1,
                ["x-dead-letter-exchange"] = "",
                ["x-dead-letter-routing-key"] = "dead-letters",
            });
        }

        await cluster.PublishUnreadableAsync("short-lived", id);
        await Eventually.GetAsync(cluster.ListDeadLettersAsync, letters => letters.Count == 1);
    }
}
