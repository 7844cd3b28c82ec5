using System.Data.Common;
using System.Globalization;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Grains.Tests;
using Chitti.Inference;
using Chitti.Silo;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Streaming.RabbitMQ;
using RabbitMQ.Client;

namespace Chitti.Cluster.Tests;

/// <summary>
/// Silos of a cluster in this process, with their own database, virtual host and object folder, and with engines that the
/// test provides.
/// </summary>
internal sealed class ClusterHost : TestHost
{
    public const int Partitions = 4;

    private readonly PipelineServers _servers;
    private readonly TempFolder _data = new();
    private readonly List<IHost> _silos = [];
    private readonly IDetectionEngine _engine;
    private readonly Action<IServiceCollection>? _configure;
    private readonly BrokerRelay? _relay;

    private ClusterHost(PipelineServers servers, IDetectionEngine engine, Action<IServiceCollection>? configure, BrokerRelay? relay) =>
        (_servers, _engine, _configure, _relay) = (servers, engine, configure, relay);

    public string ConnectionString { get; private set; } = "";

    /// <summary>Virtual host of the queues.</summary>
    public string VirtualHost { get; } = $"test-{Guid.NewGuid():N}";

    /// <summary>The folder that all silos share.</summary>
    public string DataPath => _data.Path;

    public Uri BrokerUri => new(_servers.Broker.Uri, VirtualHost);

    /// <summary>Where the silos reach the broker; <see cref="BrokerUri"/> unless the test puts something between them.</summary>
    private Uri BrokerOfSilos => _relay is null ? BrokerUri : new UriBuilder(BrokerUri) { Port = _relay.Port }.Uri;

    public PipelineServers Servers => _servers;

    /// <summary>The running silos, in the order of their start.</summary>
    public IReadOnlyList<IHost> Silos => _silos;

    public override IServiceProvider Services => _silos[0].Services;

    /// <param name="servers">The database server and the broker.</param>
    /// <param name="engine">Replaces the engine of every model on every silo.</param>
    /// <param name="configure">Replaces services of every silo.</param>
    /// <param name="silos">Number of silos.</param>
    /// <param name="relay">What the silos reach the broker through, or null.</param>
    public static async Task<ClusterHost> StartAsync(
        PipelineServers servers, IDetectionEngine engine, Action<IServiceCollection>? configure = null, int silos = 2, BrokerRelay? relay = null)
    {
        var cluster = new ClusterHost(servers, engine, configure, relay) { ConnectionString = await servers.Database.CreateMigratedDatabaseAsync() };
        await servers.Broker.ControlAsync("add_vhost", cluster.VirtualHost);
        await servers.Broker.ControlAsync("set_permissions", "-p", cluster.VirtualHost, "guest", ".*", ".*", ".*");
        try
        {
            while (cluster._silos.Count < silos)
            {
                await cluster.StartSiloAsync();
            }

            // Standalone does this at start; in a cluster it takes a call to the API.
            await cluster.AddProfileAsync("pcb-defects");
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return cluster;
    }

    /// <summary>Stores the shipped profile under an id.</summary>
    public async Task AddProfileAsync(string id)
    {
        var reply = await Grains.GetGrain<IProfileGrain>(id).CreateAsync(ProfileFile.Read(TestModels.Shelf.Default.ProfilePath!, ProfileValidation.Validate));
        Assert.Empty(reply.Errors);
    }

    /// <summary>Starts one more silo.</summary>
    public async Task<IHost> StartSiloAsync()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Postgres", ConnectionString),
            new("Chitti:RabbitMq:Uri", BrokerOfSilos.ToString()),
            new("Chitti:DataPath", _data.Path),
            new("Chitti:Work:Partitions", Partitions.ToString(CultureInfo.InvariantCulture)),
            new("Orleans:Endpoints:AdvertisedIPAddress", "127.0.0.1"),
            new("Orleans:Endpoints:SiloPort", PostgresServer.FindFreePort().ToString(CultureInfo.InvariantCulture)),
            new("Orleans:Endpoints:GatewayPort", PostgresServer.FindFreePort().ToString(CultureInfo.InvariantCulture)),
        ]);
        builder.AddChittiSilo();
        builder.AddChittiCluster();
        builder.Logging.ClearProviders();
        AddEngine(builder.Services, _engine);
        _configure?.Invoke(builder.Services);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            await ((IAsyncDisposable)host).DisposeAsync();
            throw;
        }

        _silos.Add(host);
        return host;
    }

    /// <summary>Stops one silo without letting it finish its work, as close to a crash as one process can get.</summary>
    public async Task KillAsync(IHost silo)
    {
        _silos.Remove(silo);
        try
        {
            await silo.StopAsync(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // The stop was to be abrupt.
        }

        await ((IAsyncDisposable)silo).DisposeAsync();
    }

    /// <summary>Stops one silo gracefully.</summary>
    public async Task StopAsync(IHost silo)
    {
        _silos.Remove(silo);
        await silo.StopAsync();
        await ((IAsyncDisposable)silo).DisposeAsync();
    }

    /// <summary>The silo that a grain is active on.</summary>
    public async Task<IHost> FindSiloOfAsync(IAddressable grain)
    {
        var address = await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
        return _silos.Single(silo => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Equals(address));
    }

    public override async Task<DbConnection> OpenDatabaseAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public override async Task PassAsync(TimeSpan time)
    {
        await using var connection = await OpenDatabaseAsync();
        await connection.ExecuteAsync("""
            UPDATE work SET lease_until = lease_until - @time, published_at = published_at - @time, due_at = due_at - @time,
                outage_since = outage_since - @time
            """, new { time });
    }

    public override Task StopStreamsAsync() => _servers.Broker.ControlAsync("stop_app");

    public override Task StartStreamsAsync() => _servers.Broker.ControlAsync("start_app");

    public Task<RabbitMqDeadLetters> OpenDeadLettersAsync() => RabbitMqDeadLetters.OpenAsync(BrokerUri, "dead-letters");

    /// <summary>Dead letters that are currently in their queue.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync()
    {
        await using var letters = await OpenDeadLettersAsync();
        return await letters.ListAsync(100);
    }

    /// <summary>Publishes an unreadable body, with the headers of a message about these files.</summary>
    public async Task PublishUnreadableAsync(string queue, params Guid[] fileIds)
    {
        await using var connection = await new ConnectionFactory { Uri = BrokerUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var properties = new BasicProperties
        {
            MessageId = Guid.NewGuid().ToString("N"),
            Headers = new Dictionary<string, object?>
            {
                ["stream-namespace"] = WorkStreams.FileProcessing,
                ["stream-key"] = "1",
                ["event-ids"] = fileIds.Select(id => (object?)id.ToString()).ToList(),
            },
        };
        await channel.BasicPublishAsync("", queue, mandatory: true, properties, "not a batch"u8.ToArray());
    }

    /// <summary>The number that a query returns.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await OpenDatabaseAsync();
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    public override async Task KillAsync() => await Task.WhenAll(_silos.ToArray().Select(KillAsync));

    public override async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_silos.ToArray().Select(StopAsync));
        await _servers.Broker.ControlAsync("delete_vhost", VirtualHost);
        NpgsqlConnection.ClearAllPools();
        _data.Dispose();
    }
}
