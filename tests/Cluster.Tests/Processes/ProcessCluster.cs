using Chitti.Gateway.Tests;
using Dapper;
using Npgsql;

namespace Chitti.Cluster.Tests;

/// <summary>
/// A cluster of the real programs: silos and one gateway in processes of their own, with their own database, virtual host and
/// data folder on the tests' servers.
/// </summary>
internal sealed class ProcessCluster : IAsyncDisposable
{
    private readonly PipelineServers _servers;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chitti-cluster-");
    private readonly string _virtualHost = $"test-{Guid.NewGuid():N}";
    private readonly string _connectionString;
    private readonly List<ServerProcess> _silos = [];
    private ServerProcess? _gateway;

    private ProcessCluster(PipelineServers servers, string connectionString) => (_servers, _connectionString) = (servers, connectionString);

    /// <summary>The API of the gateway.</summary>
    public HttpClient Http => _gateway!.Http;

    /// <summary>The silos that were not killed.</summary>
    public IReadOnlyList<ServerProcess> Silos => _silos;

    /// <summary>Starts silos, all at once on an empty database, then the gateway. Returns when all are ready.</summary>
    /// <param name="servers">The database server and the broker.</param>
    /// <param name="silos">Number of silos.</param>
    /// <param name="settings">Settings of the silos, for example <c>Chitti__Work__LeaseDuration</c>.</param>
    public static async Task<ProcessCluster> StartAsync(PipelineServers servers, int silos, IReadOnlyDictionary<string, string> settings)
    {
        var cluster = new ProcessCluster(servers, await servers.Database.CreateDatabaseAsync());
        await servers.Broker.ControlAsync("add_vhost", cluster._virtualHost);
        await servers.Broker.ControlAsync("set_permissions", "-p", cluster._virtualHost, "guest", ".*", ".*", ".*");
        try
        {
            await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => cluster.StartSiloAsync(settings)));
            cluster._gateway = await ServerProcess.StartAsync(cluster.OptionsOf("chitti-gateway", []));
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return cluster;
    }

    /// <summary>Starts one more silo.</summary>
    public async Task<ServerProcess> StartSiloAsync(IReadOnlyDictionary<string, string> settings)
    {
        var silo = await ServerProcess.StartAsync(OptionsOf("chitti-silo",
        [
            .. settings,
            new("Chitti__RabbitMq__Uri", new Uri(_servers.Broker.Uri, _virtualHost).ToString()),
            new("Orleans__Endpoints__AdvertisedIPAddress", "127.0.0.1"),
            new("Orleans__Endpoints__SiloPort", $"{PostgresServer.FindFreePort()}"),
            new("Orleans__Endpoints__GatewayPort", $"{PostgresServer.FindFreePort()}"),
        ]));
        lock (_silos)
        {
            _silos.Add(silo);
        }

        return silo;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync(ServerProcess silo)
    {
        _silos.Remove(silo);
        await silo.DisposeAsync();
    }

    /// <summary>The rows that a query returns.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        return [.. await connection.QueryAsync<T>(sql)];
    }

    /// <summary>The number that a query returns.</summary>
    public async Task<long> CountAsync(string sql) => (await QueryAsync<long>(sql)).Single();

    /// <summary>Messages in all queues, delivered or not.</summary>
    public async Task<long> CountMessagesAsync() =>
        (await _servers.Broker.ControlAsync("list_queues", "-p", _virtualHost, "messages"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Sum(line => long.TryParse(line, out var messages) ? messages : 0);

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await _servers.Broker.ControlAsync("delete_vhost", _virtualHost);
        NpgsqlConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    private ServerOptions OptionsOf(string program, IEnumerable<KeyValuePair<string, string>> settings) => new(_data.FullName)
    {
        Program = program,
        Url = $"http://127.0.0.1:{PostgresServer.FindFreePort()}",
        Environment = new Dictionary<string, string>([.. settings, new("ConnectionStrings__Postgres", _connectionString)]),
    };
}
