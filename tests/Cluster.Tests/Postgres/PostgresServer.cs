using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Chitti.Storage.Postgres.Migrations;
using Npgsql;

namespace Chitti.Cluster.Tests;

/// <summary>A PostgreSQL server for the tests: on a free loopback port, in a temporary folder, removed after the last test.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chitti-postgres-").FullName;
    private readonly string _programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).LastOrDefault() ?? ""
        : "";

    private readonly int _port = FindFreePort();
    private readonly Lazy<Task> _template;
    private int _databases;

    public PostgresServer() => _template = new(MigrateTemplateAsync);

    /// <summary>Connection string of the initial database.</summary>
    public string ConnectionString { get; private set; } = "";

    private string Data => Path.Combine(_folder, "data");

    public async Task InitializeAsync()
    {
        if (_programs.Length == 0)
        {
            throw new InvalidOperationException("These tests need the servers of Debian's package postgresql; test.sh installs it.");
        }

        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            await RunAsync("chown", "postgres", _folder);
        }

        await RunAsPostgresAsync("initdb", "-D", Data, "-U", "chitti", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        await StartAsync();
        ConnectionString = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Username = "chitti", Database = "postgres" }.ConnectionString;
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsPostgresAsync("pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", Data);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Stops the server as a crash would.</summary>
    public Task KillAsync() => RunAsPostgresAsync("pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", Data);

    /// <summary>Starts it again.</summary>
    public Task StartAsync() => RunAsPostgresAsync(
        "pg_ctl", "start", "-w", "-s", "-D", Data, "-l", Path.Combine(_folder, "log"),
        "-o", $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200 -c shared_preload_libraries=pg_stat_statements");

    /// <summary>A new, empty database.</summary>
    public Task<string> CreateDatabaseAsync() => CreateDatabaseAsync("");

    /// <summary>A new database with the program's schema, copied from one that was migrated once.</summary>
    public async Task<string> CreateMigratedDatabaseAsync()
    {
        await _template.Value;
        var connectionString = await CreateDatabaseAsync("TEMPLATE migrated");
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);

        // A copy has the identity of the original.
        await ExecuteAsync(source, "UPDATE pairing SET database = gen_random_uuid()");
        return connectionString;
    }

    /// <summary>A loopback port that nothing listens on.</summary>
    internal static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<string> CreateDatabaseAsync(string template)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await ExecuteAsync(source, $"CREATE DATABASE {name} {template}");
        return OfDatabase(name);
    }

    private async Task MigrateTemplateAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await ExecuteAsync(source, "CREATE DATABASE migrated");
        PostgresMigrations.Upgrade(OfDatabase("migrated"), TimeSpan.FromMinutes(1));
        // A database with open connections can't be copied.
        NpgsqlConnection.ClearAllPools();
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private string OfDatabase(string name) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;

    private Task RunAsPostgresAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        // The server inherits the output of pg_ctl: reading a pipe would never end, a file may stay open.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", $"{_folder}.log", program, .. arguments])
        {
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        var log = await File.ReadAllTextAsync($"{_folder}.log");
        File.Delete($"{_folder}.log");
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {log}");
        }
    }
}
