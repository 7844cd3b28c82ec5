using System.Collections.Concurrent;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streaming.RabbitMQ;
using RabbitMQ.Client;

namespace Chitti.Cluster.Tests;

/// <summary>How the application learns of dead letters.</summary>
[Collection(RabbitMqGroup.Name)]
public sealed class RabbitMqDeadLetterTests(RabbitMqServer server)
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Observer_FailedMessage_IsCalledBeforeTheMessageIsAcknowledged()
    {
        var told = new TaskCompletionSource();
        var proceed = new TaskCompletionSource();
        var observer = new RecordingObserver(_ =>
        {
            told.TrySetResult();
            return proceed.Task;
        });
        await using var cluster = await StartAsync(observer, options => options.EventId = item => $"number-{item}");
        NumberConsumer.Before(_key, _ => throw new InvalidDataException("odd"));

        await cluster.Stream(_key).OnNextBatchAsync([1, 2]);

        await told.Task;
        Assert.Equal(1u, await cluster.CountDeadLettersAsync());
        await Eventually.GetAsync(cluster.CountMessagesAsync, counts => counts["numbers-0"] == 1);
        proceed.SetResult();
        await cluster.WaitUntilEmptyAsync();
        await using var letters = await cluster.OpenDeadLettersAsync();
        var (observed, kept) = (Assert.Single(observer.Letters), Assert.Single(await letters.ListAsync(10)));
        Assert.All([observed, kept], letter =>
        {
            Assert.Equal(["number-1", "number-2"], letter.EventIds);
            Assert.Equal((3, _key, "numbers-0"), (letter.Attempts, letter.StreamKey, letter.Queue));
            Assert.Contains("odd", letter.Reason, StringComparison.Ordinal);
        });
        Assert.Equal(kept.Id, observed.Id);
    }

    [Fact]
    public async Task Observer_FailsWhileTheConnectionIsLost_IsCalledAgainForOneLetter()
    {
        var (tries, over) = (0, false);
        var observer = new RecordingObserver(_ =>
        {
            Interlocked.Increment(ref tries);
            return Volatile.Read(ref over) ? Task.CompletedTask : throw new InvalidOperationException("the ledger is down");
        });
        await using var cluster = await StartAsync(observer);
        NumberConsumer.Before(_key, number => number == 1 ? throw new InvalidDataException("odd") : Task.CompletedTask);

        await cluster.Stream(_key).OnNextAsync(1);
        await Eventually.GetAsync(() => Task.FromResult(Volatile.Read(ref tries)), count => count > 1);
        await server.ControlAsync("close_all_connections", "--vhost", cluster.VirtualHost, "test");
        await cluster.Stream(_key).OnNextAsync(2);
        await Eventually.GetAsync(() => Task.FromResult(NumberConsumer.Taken(_key)), taken => taken.ContainsKey(2));
        Assert.Equal(1u, await cluster.CountDeadLettersAsync());
        Volatile.Write(ref over, true);

        await cluster.WaitUntilEmptyAsync();
        Assert.Equal(1u, await cluster.CountDeadLettersAsync());
        Assert.Single(observer.Letters);
    }

    [Fact]
    public async Task Observer_SiloStoppedBeforeTheCall_IsCalledByTheNextOwner()
    {
        var (tries, over) = (0, false);
        var observer = new RecordingObserver(_ =>
        {
            Interlocked.Increment(ref tries);
            return Volatile.Read(ref over) ? Task.CompletedTask : throw new InvalidOperationException("the ledger is down");
        });
        await using var cluster = await StartAsync(observer, silos: 2);
        NumberConsumer.Before(_key, _ => throw new InvalidDataException("odd"));

        await cluster.Stream(_key).OnNextAsync(1);
        await Eventually.GetAsync(() => Task.FromResult(Volatile.Read(ref tries)), count => count > 0);
        await cluster.Cluster.RestartSiloAsync(cluster.Cluster.Silos[0]);
        await cluster.Cluster.RestartSiloAsync(cluster.Cluster.Silos[0]);
        Volatile.Write(ref over, true);

        await cluster.WaitUntilEmptyAsync();
        var told = Assert.Single(observer.Letters.Select(letter => letter.Id).Distinct());
        await using var letters = await cluster.OpenDeadLettersAsync();
        Assert.All(await letters.ListAsync(10), letter => Assert.Equal(told, letter.Id));
    }

    [Fact]
    public async Task Observer_UnreadableEvent_GetsItsId()
    {
        var observer = new RecordingObserver(_ => Task.CompletedTask);
        await using var cluster = await StartAsync(observer, options => options.EventId = item => (item as UnreadableEvent)?.Id);

        await cluster.Stream<UnreadableEvent>(_key, NumberGrain.Namespace).OnNextAsync(new UnreadableEvent("file-7"));

        await Eventually.GetAsync(() => Task.FromResult(observer.Letters.Count), count => count > 0);
        await cluster.WaitUntilEmptyAsync();
        var letter = Assert.Single(observer.Letters);
        Assert.Equal("file-7", Assert.Single(letter.EventIds));
        Assert.Equal((1, _key), (letter.Attempts, letter.StreamKey));
        Assert.Contains("can't be read", letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_OfTwoConsumers_IsOneFailureAndOneLetter()
    {
        var observer = new RecordingObserver(_ => Task.CompletedTask);
        await using var cluster = await StartAsync(observer, options => options.Namespaces.Add(FirstTwinGrain.Namespace));
        var tries = 0;
        NumberConsumer.Before(_key, _ => throw new InvalidDataException($"try {Interlocked.Increment(ref tries)}"));

        await cluster.Stream(_key, FirstTwinGrain.Namespace).OnNextAsync(1);

        await Eventually.GetAsync(() => Task.FromResult(observer.Letters.Count), count => count > 0);
        await cluster.WaitUntilEmptyAsync();
        Assert.Equal(3, Assert.Single(observer.Letters).Attempts);
        Assert.Equal(6, tries);
        Assert.Equal(1u, await cluster.CountDeadLettersAsync());
    }

    [Fact]
    public async Task Publish_EventIdsTooLongForTheHeader_SaysHowMuchFits()
    {
        await using var cluster = await StartAsync(null, options => options.EventId = item => new string('x', (int)item));

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => cluster.Stream(_key).OnNextBatchAsync([30_000, 2_769]));
        await cluster.Stream(_key).OnNextBatchAsync([30_000, 2_768]);

        Assert.Contains("32769 bytes; at most 32768 fit", exception.Message, StringComparison.Ordinal);
        await Eventually.GetAsync(() => Task.FromResult(NumberConsumer.Taken(_key)), taken => taken.Count == 2);
    }

    [Fact]
    public async Task Consume_LettersOfProviderAndBroker_SeesEachOncePerPassAndRemovesTheHandledOnes()
    {
        // Ten messages wait for the end of an outage; those behind them expire in the broker's queue.
        await using var cluster = await StartAsync(null, options =>
        {
            options.Prefetch = 10;
            options.EventId = item => $"number-{item}";
        });
        var over = false;
        NumberConsumer.Before(_key, number => !Volatile.Read(ref over) ? throw new TimeoutException()
            : number == 3 ? throw new InvalidDataException("odd")
            : Task.CompletedTask);
        for (var number = 0; number < 10; number++)
        {
            await cluster.Stream(_key).OnNextAsync(number);
        }

        await Eventually.GetAsync(() => cluster.CountReadyAsync("numbers-0"), ready => ready == 0);
        await using (var connection = await new ConnectionFactory { Uri = cluster.Uri }.CreateConnectionAsync())
        await using (var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true)))
        {
            var properties = new BasicProperties
            {
                MessageId = "expiring",
                Expiration = "1",
                Headers = new Dictionary<string, object?> { ["event-ids"] = new List<string> { "number-99" } },
            };
            await channel.BasicPublishAsync("", "numbers-0", mandatory: true, properties, new byte[] { 1 });
        }

        await Eventually.GetAsync(cluster.CountDeadLettersAsync, count => count == 1);
        Volatile.Write(ref over, true);
        await Eventually.GetAsync(cluster.CountDeadLettersAsync, count => count == 2);

        await using var letters = await cluster.OpenDeadLettersAsync();
        var seen = new ConcurrentQueue<DeadLetter>();
        Assert.Equal(1, await letters.ConsumeAsync((letter, _) =>
        {
            seen.Enqueue(letter);
            return Task.FromResult(letter.Reason == "expired" ? DeadLetterAction.Remove : DeadLetterAction.Keep);
        }));
        Assert.Collection(
            seen,
            ofBroker =>
            {
                Assert.Equal(("expiring", "numbers-0", "expired", null), (ofBroker.Id, ofBroker.Queue, ofBroker.Reason, ofBroker.FailedAt));
                Assert.Equal("number-99", Assert.Single(ofBroker.EventIds));
            },
            ofProvider => Assert.Equal("number-3", Assert.Single(ofProvider.EventIds)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => letters.ConsumeAsync((_, _) => throw new InvalidOperationException("not recorded")));
        Assert.Equal(1, await letters.ConsumeAsync((_, _) => Task.FromResult(DeadLetterAction.Remove)));
        Assert.Equal(0, await letters.ConsumeAsync((_, _) => Task.FromResult(DeadLetterAction.Remove)));
        await cluster.WaitUntilEmptyAsync();
    }

    [Fact]
    public async Task Replay_LettersThatFailAgain_EndsAfterOnePass()
    {
        await using var cluster = await StartAsync(null, options => options.MaxAttempts = 1);
        NumberConsumer.Before(_key, _ => throw new InvalidDataException("odd"));
        await cluster.Stream(_key).OnNextAsync(1);
        await Eventually.GetAsync(cluster.CountDeadLettersAsync, count => count == 1);

        await using var letters = await cluster.OpenDeadLettersAsync();
        var replayed = await letters.ReplayAsync(_ => true);

        Assert.Equal(1, replayed);
        await Eventually.GetAsync(cluster.CountMessagesAsync, counts => counts["dead-letters"] == 1 && counts["numbers-0"] == 0);
    }

    [Fact]
    public async Task DeadLetters_ConnectionLost_SaysThatTheBrokerIsUnavailable()
    {
        await using var cluster = await StartAsync(null);
        var letters = await cluster.OpenDeadLettersAsync();
        await letters.DisposeAsync();

        await Assert.ThrowsAsync<RabbitMqUnavailableException>(() => letters.ListAsync(10));
    }

    private Task<StreamCluster> StartAsync(RecordingObserver? observer, Action<RabbitMqStreamOptions>? configure = null, short silos = 1) => StreamCluster.StartAsync(
        server,
        silos,
        options =>
        {
            options.QueuesPerNamespace = 1;
            configure?.Invoke(options);
        },
        services =>
        {
            if (observer is not null)
            {
                services.AddKeyedSingleton<IDeadLetterObserver>(StreamCluster.Provider, observer);
            }
        });
}
