using System.Collections.Concurrent;
using Chitti.Tests;
using RabbitMQ.Client;

namespace Chitti.Cluster.Tests;

/// <summary>What happens to single messages: delivery, failure, outage, dead letter.</summary>
[Collection(RabbitMqGroup.Name)]
public sealed class RabbitMqStreamTests(RabbitMqServer server)
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Publish_ManyStreams_EachEventIsTakenOnceAndNothingIsLeft()
    {
        await using var cluster = await StreamCluster.StartAsync(server);
        var keys = Enumerable.Range(0, 10).Select(number => $"{_key}-{number}").ToArray();

        await Task.WhenAll(keys.SelectMany(key => Enumerable.Range(0, 20).Select(number => cluster.Stream(key).OnNextAsync(number))));

        foreach (var key in keys)
        {
            var taken = await TakenAsync(key, 20);
            Assert.Equal(Enumerable.Range(0, 20).Select(number => (number, 1)), taken.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
        }

        await cluster.WaitUntilEmptyAsync();
    }

    [Fact]
    public async Task Publish_EventsOfOneStream_AreTakenInOrder()
    {
        await using var cluster = await StreamCluster.StartAsync(server);
        var order = new ConcurrentQueue<int>();
        NumberGrain.Before(_key, number =>
        {
            order.Enqueue(number);
            return Task.CompletedTask;
        });

        for (var number = 0; number < 100; number++)
        {
            await cluster.Stream(_key).OnNextAsync(number);
        }

        await TakenAsync(_key, 100);
        Assert.Equal(Enumerable.Range(0, 100), order);
    }

    [Fact]
    public async Task Publish_Batch_IsTakenCompletely()
    {
        await using var cluster = await StreamCluster.StartAsync(server);

        await cluster.Stream(_key).OnNextBatchAsync([1, 2, 3]);

        Assert.Equal([1, 2, 3], (await TakenAsync(_key, 3)).Keys.Order());
    }

    [Fact]
    public async Task Publish_UnknownNamespace_NamesTheConfiguredOnes()
    {
        await using var cluster = await StreamCluster.StartAsync(server);
        var stream = cluster.Cluster.Client.GetStreamProvider(StreamCluster.Provider).GetStream<int>(StreamId.Create("letters", _key));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => stream.OnNextAsync(1));

        Assert.Contains("numbers", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_ThreeTimes_DeadLettersTheMessageAndBlocksNothing()
    {
        await using var cluster = await StreamCluster.StartAsync(server);
        var tries = 0;
        var healed = false;
        NumberGrain.Before(_key, number => number == 1 && !Volatile.Read(ref healed)
            ? throw new InvalidDataException($"try {Interlocked.Increment(ref tries)}")
            : Task.CompletedTask);

        await PublishAsync(cluster, 0, 1, 2);

        Assert.Equal([0, 2], (await TakenAsync(_key, 2)).Keys.Order());
        await using var letters = await cluster.OpenDeadLettersAsync();
        var letter = Assert.Single(await Eventually.GetAsync(() => letters.ListAsync(10), list => list.Count > 0));
        Assert.Equal((3, NumberGrain.Namespace, _key), (letter.Attempts, letter.StreamNamespace, letter.StreamKey));
        Assert.Contains("try 3", letter.Reason, StringComparison.Ordinal);
        Assert.StartsWith("numbers-", letter.Queue, StringComparison.Ordinal);
        Assert.Equal(3, tries);

        Volatile.Write(ref healed, true);
        Assert.Equal(1, await letters.ReplayAsync(_ => true));
        Assert.Equal([0, 1, 2], (await TakenAsync(_key, 3)).Keys.Order());
        Assert.Empty(await letters.ListAsync(10));
        await cluster.WaitUntilEmptyAsync();
    }

    [Fact]
    public async Task Failure_Transient_LosesNoMessage()
    {
        await using var cluster = await StreamCluster.StartAsync(server);
        var tries = 0;
        NumberGrain.Before(_key, _ => Interlocked.Increment(ref tries) < 3 ? throw new InvalidDataException("not yet") : Task.CompletedTask);

        await PublishAsync(cluster, 7);

        Assert.Equal(1, (await TakenAsync(_key, 1))[7]);
        await cluster.WaitUntilEmptyAsync();
        Assert.Equal(0u, await cluster.CountDeadLettersAsync());
    }

    [Fact]
    public async Task Outage_LongerThanAllAttempts_IsWaitedOutAndCostsNone()
    {
        await using var cluster = await StreamCluster.StartAsync(server);
        var tries = 0;
        var over = false;
        NumberGrain.Before(_key, _ =>
        {
            Interlocked.Increment(ref tries);
            return Volatile.Read(ref over) ? Task.CompletedTask : throw new TimeoutException("the database is down");
        });

        await PublishAsync(cluster, 1, 2, 3);
        await Eventually.GetAsync(() => Task.FromResult(Volatile.Read(ref tries)), count => count > 5);
        Assert.Empty(NumberGrain.Taken(_key));
        Assert.Equal(0u, await cluster.CountDeadLettersAsync());

        Volatile.Write(ref over, true);
        Assert.Equal([1, 2, 3], (await TakenAsync(_key, 3)).Keys.Order());
        await cluster.WaitUntilEmptyAsync();
    }

    [Fact]
    public async Task Message_NotAnEvent_IsADeadLetterAtOnceAndCanBeDropped()
    {
        await using var cluster = await StreamCluster.StartAsync(server);
        await using (var connection = await new ConnectionFactory { Uri = cluster.Uri }.CreateConnectionAsync())
        await using (var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true)))
        {
            await channel.BasicPublishAsync("", "numbers-0", mandatory: true, new BasicProperties { MessageId = "odd" }, new byte[] { 1, 2, 3 });
        }

        await using var letters = await cluster.OpenDeadLettersAsync();
        var letter = Assert.Single(await Eventually.GetAsync(() => letters.ListAsync(10), list => list.Count > 0));
        Assert.Contains("can't be read", letter.Reason, StringComparison.Ordinal);
        Assert.Equal(("numbers-0", 3), (letter.Queue, letter.Size));
        Assert.Equal(0, await letters.DropAsync(other => other.Id == "none"));
        Assert.Equal(1, await letters.DropAsync(other => other.Id == letter.Id));
        Assert.Empty(await letters.ListAsync(10));
        await cluster.WaitUntilEmptyAsync();
    }

    private async Task PublishAsync(StreamCluster cluster, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            await cluster.Stream(_key).OnNextAsync(number);
        }
    }

    private static Task<ConcurrentDictionary<int, int>> TakenAsync(string key, int count) =>
        Eventually.GetAsync(() => Task.FromResult(NumberGrain.Taken(key)), taken => taken.Count >= count);
}
