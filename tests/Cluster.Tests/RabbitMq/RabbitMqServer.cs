using System.Diagnostics;

namespace Chitti.Cluster.Tests;

/// <summary>A RabbitMQ broker for the tests: on free loopback ports, in a temporary folder, removed after the last test.</summary>
public sealed class RabbitMqServer : IAsyncLifetime
{
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private readonly string _folder = Directory.CreateTempSubdirectory("chitti-rabbitmq-").FullName;
    private readonly int _port = PostgresServer.FindFreePort();
    private readonly int _distributionPort = PostgresServer.FindFreePort();
    private readonly int _namesPort = PostgresServer.FindFreePort();
    private Process? _broker;

    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{_port}/");

    public async Task InitializeAsync()
    {
        if (!Directory.Exists(Programs))
        {
            throw new InvalidOperationException("These tests need Debian's package rabbitmq-server; test.sh installs it.");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "rabbitmq.conf"), $"listeners.tcp.1 = 127.0.0.1:{_port}\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "enabled_plugins"), "[].\n");

        // Milliseconds between refreshes of the counts that rabbitmqctl shows; the default is 5,000.
        await File.WriteAllTextAsync(Path.Combine(_folder, "advanced.config"), "[{rabbit, [{quorum_tick_interval, 100}]}].\n");
        try
        {
            _broker = Process.Start(Command($"{Programs}/rabbitmq-server"))!;
            await ControlAsync("wait", Path.Combine(_folder, "pid"), "--timeout", "60");
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        _broker!.Kill(entireProcessTree: true);
        await _broker.WaitForExitAsync();
        _broker.Dispose();
        await RunAsync("epmd", "-port", $"{_namesPort}", "-kill");
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs <c>rabbitmqctl</c>.</summary>
    /// <returns>Its output.</returns>
    public Task<string> ControlAsync(params string[] arguments) => RunAsync($"{Programs}/rabbitmqctl", ["--quiet", .. arguments]);

    private ProcessStartInfo Command(string program, params string[] arguments)
    {
        // The output goes to a file: the broker would block on a full pipe.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", LogOf(program), program, .. arguments])
        {
            WorkingDirectory = _folder,
        };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = _folder,
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_NODENAME"] = "tests@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{_port}",
            ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
            ["ERL_EPMD_PORT"] = $"{_namesPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_SCHEMA_DIR"] = Path.Combine(_folder, "schema"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(_folder, "schema"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(_folder, "advanced.config"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
        })
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private string LogOf(string program) => Path.Combine(_folder, $"{Path.GetFileName(program)}.out");

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Command(program, arguments))!;
        await process.WaitForExitAsync();
        var printed = await File.ReadAllTextAsync(LogOf(program));
        return process.ExitCode == 0
            ? printed
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {printed}");
    }
}
