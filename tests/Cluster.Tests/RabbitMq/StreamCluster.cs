using System.Globalization;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streaming.RabbitMQ;
using Orleans.Streams;
using Orleans.TestingHost;
using RabbitMQ.Client;

namespace Chitti.Cluster.Tests;

/// <summary>Silos in this process, with their own queues in the tests' broker.</summary>
internal sealed class StreamCluster : IAsyncDisposable
{
    public const string Provider = "rabbitmq";

    private readonly RabbitMqServer _server;

    private StreamCluster(RabbitMqServer server, InProcessTestCluster cluster, string virtualHost) =>
        (_server, Cluster, VirtualHost) = (server, cluster, virtualHost);

    public InProcessTestCluster Cluster { get; }

    /// <summary>Virtual host of the queues: each cluster has its own.</summary>
    public string VirtualHost { get; }

    public Uri Uri => new(_server.Uri, VirtualHost);

    public static async Task<StreamCluster> StartAsync(
        RabbitMqServer server,
        short silos = 1,
        Action<RabbitMqStreamOptions>? configure = null,
        Action<IServiceCollection>? services = null)
    {
        var virtualHost = $"test-{Guid.NewGuid():N}";
        await server.ControlAsync("add_vhost", virtualHost);
        await server.ControlAsync("set_permissions", "-p", virtualHost, "guest", ".*", ".*", ".*");
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddRabbitMqStreams(Provider, Options);
            services?.Invoke(silo.Services);
        });
        builder.ConfigureClient(client => client.AddRabbitMqStreams(Provider, Options));
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Warning));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(server, cluster, virtualHost);

        void Options(RabbitMqStreamOptions options)
        {
            options.Uri = new Uri(server.Uri, virtualHost);
            options.Namespaces.Add(NumberGrain.Namespace);
            options.QueuesPerNamespace = 4;
            options.Prefetch = 50;
            options.StartTimeout = TimeSpan.FromSeconds(10);
            options.MaxRetryDelay = TimeSpan.FromSeconds(1);
            configure?.Invoke(options);
        }
    }

    public IAsyncStream<int> Stream(string key, string name = NumberGrain.Namespace) => Stream<int>(key, name);

    public IAsyncStream<T> Stream<T>(string key, string name) => Cluster.Client.GetStreamProvider(Provider).GetStream<T>(StreamId.Create(name, key));

    public Task<RabbitMqDeadLetters> OpenDeadLettersAsync() => RabbitMqDeadLetters.OpenAsync(Uri, "dead-letters");

    /// <summary>Messages of each queue, delivered or not, as of a moment ago.</summary>
    public async Task<Dictionary<string, int>> CountMessagesAsync() =>
        (await _server.ControlAsync("list_queues", "-p", VirtualHost, "--no-table-headers", "name", "messages"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Where(columns => columns.Length == 2)
        .ToDictionary(columns => columns[0], columns => int.Parse(columns[1], CultureInfo.InvariantCulture));

    /// <summary>Messages of a queue that are not delivered, as of now.</summary>
    public async Task<uint> CountReadyAsync(string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(queue);
    }

    public Task<uint> CountDeadLettersAsync() => CountReadyAsync("dead-letters");

    /// <summary>Waits until all queues except that of the dead letters are empty.</summary>
    public async Task WaitUntilEmptyAsync() => await Eventually.GetAsync(
        CountMessagesAsync, counts => counts.All(count => count.Key == "dead-letters" || count.Value == 0));

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await _server.ControlAsync("delete_vhost", VirtualHost);
    }
}
