using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Placement;
using Orleans.Storage;
using Orleans.Streaming.RabbitMQ;

namespace Chitti.Cluster.Tests;

/// <summary>What is waited out and what counts as a failure, with the exceptions that Orleans really throws.</summary>
[Collection(RabbitMqGroup.Name)]
public sealed class RabbitMqOutageTests(RabbitMqServer server)
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Activation_UnreadableState_FailsTheMessageAndBlocksNothing()
    {
        ScriptedStorage.Reading(_key, () => throw new JsonException("'{' is an invalid start"));
        await using var cluster = await StartAsync(StatefulNumberGrain.Namespace, options => options.MaxAttempts = 2);

        await cluster.Stream(_key, StatefulNumberGrain.Namespace).OnNextAsync(1);
        await cluster.Stream($"{_key}-sound", StatefulNumberGrain.Namespace).OnNextAsync(2);

        // Both streams share a queue: if its reads had stopped, the healthy stream would wait.
        await Eventually.GetAsync(() => Task.FromResult(NumberConsumer.Taken($"{_key}-sound")), taken => taken.Count == 1);
        await using var letters = await cluster.OpenDeadLettersAsync();
        var letter = Assert.Single(await Eventually.GetAsync(() => letters.ListAsync(10), list => list.Count > 0));
        Assert.Equal((_key, 2), (letter.StreamKey, letter.Attempts));
        Assert.Contains("is an invalid start", letter.Reason, StringComparison.Ordinal);
        await cluster.WaitUntilEmptyAsync();
    }

    [Fact]
    public async Task Activation_StorageUnavailable_IsWaitedOut()
    {
        var (reads, over) = (0, false);
        ScriptedStorage.Reading(_key, () =>
        {
            Interlocked.Increment(ref reads);
            return Volatile.Read(ref over) ? Task.CompletedTask : throw new TimeoutException("the database does not answer");
        });
        await using var cluster = await StartAsync(StatefulNumberGrain.Namespace, options => options.MaxAttempts = 1);

        await cluster.Stream(_key, StatefulNumberGrain.Namespace).OnNextAsync(1);
        await Eventually.GetAsync(() => Task.FromResult(Volatile.Read(ref reads)), count => count > 1);
        Volatile.Write(ref over, true);

        await TakenAsync(_key);
        await cluster.WaitUntilEmptyAsync();
        Assert.Equal(0u, await cluster.CountDeadLettersAsync());
    }

    [Fact]
    public async Task Placement_NoSiloCanHostTheConsumer_IsWaitedOutAndReported()
    {
        var seconds = 0.0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "rabbitmq_streams_outage_seconds")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => seconds = Math.Max(seconds, value));
        listener.Start();
        using var logs = new RecordingLogs();
        await using var cluster = await StartAsync(PlacedNumberGrain.Namespace, options => options.MaxAttempts = 1, logs);
        TestPlacementFilterDirector.Allow(_key, _ => false);

        await cluster.Stream(_key, PlacedNumberGrain.Namespace).OnNextAsync(1);
        await Eventually.GetAsync(() => Task.FromResult(Observe()), value => value > 0);
        var earlier = Observe();
        await Eventually.GetAsync(() => Task.FromResult(Observe()), value => value > earlier);
        Assert.Equal(0u, await cluster.CountDeadLettersAsync());
        TestPlacementFilterDirector.Allow(_key, _ => true);

        await TakenAsync(_key);
        await cluster.WaitUntilEmptyAsync();
        Assert.Equal(0, Observe());
        var warnings = logs.Entries.Where(entry => entry.Level == LogLevel.Warning && entry.Text.Contains("outage", StringComparison.Ordinal)).ToArray();
        Assert.Collection(
            warnings,
            first => Assert.Contains("holds message", first.Text, StringComparison.Ordinal),
            second => Assert.Contains("is over after", second.Text, StringComparison.Ordinal));

        double Observe()
        {
            seconds = 0;
            listener.RecordObservableInstruments();
            return seconds;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Outage_OnAnotherSilo_IsRecognised(bool whileActivating)
    {
        // The queue has one owner: for one of the two consumers, it is the other silo.
        await using var cluster = await StartAsync(StatefulNumberGrain.Namespace, options => options.MaxAttempts = 1, silos: 2);
        var (reached, over) = (new ConcurrentDictionary<string, int>(), false);
        string[] keys = [$"{_key}-0", $"{_key}-1"];
        foreach (var (silo, key) in cluster.Cluster.Silos.Zip(keys))
        {
            TestPlacementFilterDirector.Allow(key, silo.SiloAddress.Equals);
            if (whileActivating)
            {
                ScriptedStorage.Reading(key, () => DatabaseAsync(key));
            }
            else
            {
                NumberConsumer.Before(key, _ => DatabaseAsync(key));
            }
        }

        foreach (var key in keys)
        {
            await cluster.Stream(key, StatefulNumberGrain.Namespace).OnNextAsync(1);
        }

        await Eventually.GetAsync(() => Task.FromResult(reached), counts => keys.All(key => counts.GetValueOrDefault(key) > 1));
        Volatile.Write(ref over, true);

        foreach (var key in keys)
        {
            await TakenAsync(key);
        }

        await cluster.WaitUntilEmptyAsync();
        Assert.Equal(0u, await cluster.CountDeadLettersAsync());

        Task DatabaseAsync(string key)
        {
            reached.AddOrUpdate(key, 1, (_, times) => times + 1);
            return Volatile.Read(ref over) ? Task.CompletedTask : throw new NpgsqlException("The connection was lost.", new EndOfStreamException());
        }
    }

    [Fact]
    public async Task Failure_OnAnotherSilo_IsRecordedWithItsReason()
    {
        await using var cluster = await StartAsync(PlacedNumberGrain.Namespace, options => options.MaxAttempts = 1, silos: 2);
        string[] keys = [$"{_key}-0", $"{_key}-1"];
        foreach (var (silo, key) in cluster.Cluster.Silos.Zip(keys))
        {
            TestPlacementFilterDirector.Allow(key, silo.SiloAddress.Equals);
            NumberConsumer.Before(key, _ => throw new UnserializableException());
            await cluster.Stream(key, PlacedNumberGrain.Namespace).OnNextAsync(1);
        }

        await using var letters = await cluster.OpenDeadLettersAsync();
        Assert.All(
            await Eventually.GetAsync(() => letters.ListAsync(10), list => list.Count == 2),
            letter => Assert.StartsWith($"{typeof(UnserializableException).FullName}: no codec", letter.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outage_OfTheApplication_IsWhatItsRuleSays()
    {
        await using var cluster = await StreamCluster.StartAsync(server, configure: options =>
        {
            options.MaxAttempts = 1;
            options.IsOutage = exception => OutageRule.Causes(exception).Any(cause => cause is IOException) || OutageRule.IsOutage(exception);
        });
        var tries = 0;
        NumberConsumer.Before(_key, _ => Interlocked.Increment(ref tries) < 3
            ? throw new InvalidDataException("the disk is full", new IOException())
            : Task.CompletedTask);

        await cluster.Stream(_key).OnNextAsync(1);

        await TakenAsync(_key);
        Assert.Equal(3, tries);
    }

    private static async Task TakenAsync(string key) =>
        await Eventually.GetAsync(() => Task.FromResult(NumberConsumer.Taken(key)), taken => taken.Count == 1);

    private Task<StreamCluster> StartAsync(string name, Action<RabbitMqStreamOptions> configure, RecordingLogs? logs = null, short silos = 1) => StreamCluster.StartAsync(
        server,
        silos,
        options =>
        {
            options.Namespaces.Clear();
            options.Namespaces.Add(name);
            options.QueuesPerNamespace = 1;
            configure(options);
        },
        services =>
        {
            services.AddKeyedSingleton<IGrainStorage>(ScriptedStorage.Name, new ScriptedStorage());
            services.AddPlacementFilter<TestPlacementFilter, TestPlacementFilterDirector>(ServiceLifetime.Singleton);
            if (logs is not null)
            {
                services.AddSingleton<ILoggerProvider>(logs);
            }
        });

    private sealed class UnserializableException() : Exception("no codec");
}
