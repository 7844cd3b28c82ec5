using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Orleans.Streaming.RabbitMQ;
using Xunit.Abstractions;

namespace Chitti.Cluster.Tests;

/// <summary>While silos, connections and the broker fail, every confirmed message is taken at least once.</summary>
[Collection(RabbitMqGroup.Name)]
public sealed class RabbitMqResilienceTests(RabbitMqServer server, ITestOutputHelper output)
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Connections_ClosedByTheBrokerDuringPublishing_LoseNothing()
    {
        await using var cluster = await StreamCluster.StartAsync(server);

        var confirmed = await PublishDuringAsync(cluster, () => server.ControlAsync("close_all_connections", "--vhost", cluster.VirtualHost, "test"));

        await AssertTakenAsync(cluster, confirmed);
    }

    [Fact]
    public async Task Channels_KilledDuringPublishing_LoseNothing()
    {
        await using var cluster = await StreamCluster.StartAsync(server);

        var confirmed = await PublishDuringAsync(cluster, () => server.ControlAsync("eval", "[exit(Channel, kill) || Channel <- rabbit_channel:list()]."));

        await AssertTakenAsync(cluster, confirmed);
    }

    [Fact]
    public async Task Broker_Restarted_LosesNothing()
    {
        await using var cluster = await StreamCluster.StartAsync(server);

        var confirmed = await PublishDuringAsync(cluster, async () =>
        {
            await server.ControlAsync("stop_app");
            await server.ControlAsync("start_app");
        });

        await AssertTakenAsync(cluster, confirmed);
    }

    [Fact]
    public async Task Silo_Stopped_HandsItsQueuesOver()
    {
        await using var cluster = await StreamCluster.StartAsync(server, silos: 3);

        var confirmed = await PublishDuringAsync(cluster, () => cluster.Cluster.StopSiloAsync(cluster.Cluster.Silos[^1]));

        await AssertTakenAsync(cluster, confirmed);
        Assert.All(await CountActiveConsumersAsync(cluster), count => Assert.Equal(1, count.Value));
    }

    [Fact]
    public async Task Silo_Killed_LosesItsQueuesToTheOthers()
    {
        await using var cluster = await StreamCluster.StartAsync(server, silos: 3);

        var confirmed = await PublishDuringAsync(cluster, () => cluster.Cluster.KillSiloAsync(cluster.Cluster.Silos[^1]));

        await AssertTakenAsync(cluster, confirmed);
        Assert.All(await CountActiveConsumersAsync(cluster), count => Assert.Equal(1, count.Value));
    }

    [Fact]
    public async Task Silo_WithoutABroker_FailsWithTheAddressAndTheReason()
    {
        var port = PostgresServer.FindFreePort();
        using var host = new HostBuilder().UseOrleans(silo => silo
            .UseLocalhostClustering(PostgresServer.FindFreePort(), PostgresServer.FindFreePort())
            .AddRabbitMqStreams("work", options =>
            {
                options.Uri = new Uri($"amqp://127.0.0.1:{port}/");
                options.Namespaces.Add("numbers");
                options.StartTimeout = TimeSpan.FromSeconds(1);
            })).Build();

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());

        var unavailable = Flatten(exception).OfType<RabbitMqUnavailableException>().First();
        Assert.Contains($"'work' did not reach RabbitMQ at 127.0.0.1:{port}", unavailable.Message, StringComparison.Ordinal);
        Assert.Contains("refused", unavailable.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null, "numbers", "Uri")]
    [InlineData("http://localhost/", "numbers", "Uri")]
    [InlineData("amqp://localhost/", "", "Namespaces")]
    public async Task Options_OutOfRange_StopTheSilo(string? uri, string name, string named)
    {
        using var host = new HostBuilder().UseOrleans(silo => silo
            .UseLocalhostClustering(PostgresServer.FindFreePort(), PostgresServer.FindFreePort())
            .AddRabbitMqStreams("work", options =>
            {
                options.Uri = uri is null ? null : new Uri(uri);
                options.Namespaces.Add(name);
            })).Build();

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HealthCheck_BrokerStopsAndStarts_FollowsIt()
    {
        await using var cluster = await StreamCluster.StartAsync(server);
        var check = new RabbitMqHealthCheck(cluster.Cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<RabbitMqConnections>(StreamCluster.Provider));
        var context = new HealthCheckContext { Registration = new("streams", check, HealthStatus.Unhealthy, null) };

        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(context)).Status);
        await server.ControlAsync("stop_app");
        try
        {
            var unhealthy = await check.CheckHealthAsync(context);
            Assert.Equal(HealthStatus.Unhealthy, unhealthy.Status);
            Assert.StartsWith("RabbitMQ: ", unhealthy.Description, StringComparison.Ordinal);
        }
        finally
        {
            await server.ControlAsync("start_app");
        }

        await Eventually.GetAsync(() => check.CheckHealthAsync(context), result => result.Status == HealthStatus.Healthy);
    }

    [Fact]
    public async Task Metrics_PublishDeliverAndFail_AreCounted()
    {
        var counts = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Orleans.Streaming.RabbitMQ")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();
        await using var cluster = await StreamCluster.StartAsync(server, configure: options => options.LagInterval = TimeSpan.FromMilliseconds(100));
        NumberGrain.Before(_key, number => number == 1 ? throw new InvalidDataException("odd") : Task.CompletedTask);

        await cluster.Stream(_key).OnNextAsync(0);
        await cluster.Stream(_key).OnNextAsync(1);
        await Eventually.GetAsync(() => Task.FromResult(counts.GetValueOrDefault("rabbitmq_streams_dead_lettered")), count => count == 1);
        await cluster.WaitUntilEmptyAsync();

        // Two by the test, two more attempts at the failing one, and its dead letter.
        Assert.Equal(5, counts["rabbitmq_streams_published"]);
        Assert.Equal(5, counts["rabbitmq_streams_confirmed"]);
        Assert.Equal(3, counts["rabbitmq_streams_failed"]);
        Assert.Equal(1, counts["rabbitmq_streams_delivered"]);

        // The silo asks the broker for it at intervals.
        await Eventually.GetAsync(
            () =>
            {
                counts.Clear();
                listener.RecordObservableInstruments();
                return Task.FromResult(counts["rabbitmq_streams_lag"]);
            },
            lag => lag == 0);
    }

    /// <summary>100,000 with <c>--long</c>.</summary>
    [Fact]
    public async Task ManyMessages_SiloKilled_LoseNone()
    {
        var count = Environment.GetEnvironmentVariable("CHITTI_LONG") == "1" ? 100_000 : 5_000;
        await using var cluster = await StreamCluster.StartAsync(server, silos: 3, options => options.Prefetch = 256);
        var published = PublishAsync(cluster, [.. Enumerable.Range(0, count)]);
        await Eventually.GetAsync(() => Task.FromResult(AllTaken().Count), taken => taken > count / 4);
        await cluster.Cluster.KillSiloAsync(cluster.Cluster.Silos[^1]);

        await AssertTakenAsync(cluster, await published);
    }

    private static IEnumerable<Exception> Flatten(Exception exception) =>
        exception is AggregateException many ? many.InnerExceptions.SelectMany(Flatten)
        : exception.InnerException is { } inner ? [exception, .. Flatten(inner)]
        : [exception];

    /// <summary>Publishes numbers before, during and after the action.</summary>
    /// <returns>The numbers that were confirmed.</returns>
    private async Task<IReadOnlyCollection<int>> PublishDuringAsync(StreamCluster cluster, Func<Task> action)
    {
        const int Around = 200;
        var confirmed = new ConcurrentBag<int>(await PublishAsync(cluster, [.. Enumerable.Range(0, Around)]));
        var running = action();
        var number = Around;
        while (!running.IsCompleted)
        {
            foreach (var one in await PublishAsync(cluster, [number++]))
            {
                confirmed.Add(one);
            }
        }

        await running;

        // Connections take a moment to recover. Until then, publishing fails at once.
        var first = await Eventually.GetAsync(() => PublishAsync(cluster, [number++]), recovered => recovered.Count > 0);
        foreach (var one in first.Concat(await PublishAsync(cluster, [.. Enumerable.Range(number, Around)])))
        {
            confirmed.Add(one);
        }

        // A few may have failed during the disruption; a publisher that does not recover would have confirmed only half.
        Assert.True(confirmed.Count > Around * 3 / 2, $"Only {confirmed.Count} messages were confirmed.");
        return confirmed;
    }

    /// <summary>Publishes to sixteen streams.</summary>
    /// <returns>The numbers that were confirmed.</returns>
    private async Task<IReadOnlyCollection<int>> PublishAsync(StreamCluster cluster, IReadOnlyCollection<int> numbers)
    {
        var confirmed = new ConcurrentBag<int>();
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
        {
            try
            {
                await cluster.Stream($"{_key}-{number % 16}").OnNextAsync(number);
                confirmed.Add(number);
            }
            catch (RabbitMqUnavailableException)
            {
                // A real publisher would publish again.
            }
        });
        return confirmed;
    }

    private async Task AssertTakenAsync(StreamCluster cluster, IReadOnlyCollection<int> confirmed)
    {
        await Eventually.GetAsync(() => Task.FromResult(confirmed.Except(AllTaken().Keys).Count()), missing => missing == 0);
        await cluster.WaitUntilEmptyAsync();
        Assert.Equal(0u, await cluster.CountDeadLettersAsync());
        var taken = AllTaken();
        output.WriteLine($"{confirmed.Count} confirmed, {taken.Count} taken, {taken.Values.Sum() - taken.Count} of them more than once.");
    }

    private Dictionary<int, int> AllTaken() =>
        Enumerable.Range(0, 16).SelectMany(stream => NumberGrain.Taken($"{_key}-{stream}")).ToDictionary(pair => pair.Key, pair => pair.Value);

    private async Task<Dictionary<string, int>> CountActiveConsumersAsync(StreamCluster cluster) =>
        (await server.ControlAsync("list_consumers", "-p", cluster.VirtualHost, "--no-table-headers", "queue_name", "active"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Where(columns => columns is [_, "true"])
        .GroupBy(columns => columns[0]).ToDictionary(group => group.Key, group => group.Count());
}
