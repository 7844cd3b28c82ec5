using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Grains.Tests;
using Chitti.Storage;
using Chitti.Tests;
using RabbitMQ.Client;

namespace Chitti.Cluster.Tests;

/// <summary>What the broker gives up on ends in the ledger, and comes back when a person replays it.</summary>
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
        var plan = new FaultPlan();
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding(), services => services.AddFaults<IFileStore>(plan));

        // Neither begun nor recorded as failed: so the delivery itself fails, three times.
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
    public async Task DeadLetter_MadeByTheBroker_FailsItsFileToo()
    {
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding());
        var id = (await Uploads.StoreAsync(cluster, [1])).Id;
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

        // The collector of a silo looks when it starts.
        await cluster.StartSiloAsync();

        var ended = await Uploads.WaitForRowAsync(cluster, id);
        Assert.Equal(FileStatus.Failed, ended.Status);
        Assert.Contains("expired", ended.Error, StringComparison.Ordinal);
    }
}
