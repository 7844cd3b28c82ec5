using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Chitti.Gateway.Tests;

/// <summary>The built program in its own process, which can be killed, stopped and restarted on the same data folder.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri?> _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpClient? _http;

    private ServerProcess(ProcessStartInfo start)
    {
        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Id = _process.Id;
    }

    /// <summary>For the announced address; only once started.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException($"The server has not announced itself:\n{Output}");

    public int Id { get; }

    /// <summary>Standard output and error so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it and returns when it is ready, or only when it listens: see <see cref="ServerOptions.WhenReady"/>.</summary>
    public static async Task<ServerProcess> StartAsync(ServerOptions options)
    {
        var server = Launch(options);
        try
        {
            var address = options.Program != "chitti" ? new(options.Url) : await server._announced.Task.WaitAsync(Wait.Deadline)
                ?? throw new InvalidOperationException($"The server ended before it was up:\n{server.Output}");
            server._http = new() { BaseAddress = address, Timeout = Wait.Deadline };
            if (options.WhenReady)
            {
                await Wait.UntilAsync(server.IsReadyAsync, () => $"the server is ready:\n{server.Output}");
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and waits for it to exit; returns its output and exit code.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(ServerOptions options)
    {
        await using var server = Launch(options);
        return (await server.WaitForExitAsync(), server.Output);
    }

    /// <summary>Starts it and sends SIGTERM once its output contains the text, or at once if that is empty. Returns its output and exit code.</summary>
    public static async Task<(int ExitCode, string Output)> StopDuringStartAsync(ServerOptions options, string said)
    {
        await using var server = Launch(options);
        await Wait.UntilAsync(
            () => server._process.HasExited || server.Output.Contains(said, StringComparison.Ordinal), () => $"the server says '{said}':\n{server.Output}");
        Assert.False(server._process.HasExited, server.Output);
        return (await server.StopAsync(), server.Output);
    }

    /// <summary>SIGKILL: nothing is flushed or closed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops a service; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await WaitForExitAsync();
    }

    /// <summary>SIGSTOP: it does nothing, until <see cref="ResumeAsync"/> or its end.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _http?.Dispose();
        _process.Dispose();
    }

    private static ServerProcess Launch(ServerOptions options)
    {
        string[] command = [.. options.Prefix, "dotnet", Path.Combine(AppContext.BaseDirectory, $"{options.Program}.dll"), $"--urls={options.Url}", .. options.Arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var foreign in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(foreign);
        }

        // A killed runtime leaves its diagnostic pipes in the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["Chitti__DataPath"] = options.DataPath;
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        return new(start);
    }

    /// <summary>Keeps the settings in the environment of the test run from the server.</summary>
    private static bool IsSetting(string name) =>
        name.StartsWith("Chitti__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase);

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (Announcement().Match(line) is { Success: true } match)
        {
            _announced.TrySetResult(new(match.Groups[1].Value.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)));
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The server ended before it was ready:\n{Output}");
        }

        try
        {
            using var response = await Http.GetAsync("/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // A program whose address was given may not listen yet.
            return false;
        }
    }

    private async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Wait.Deadline);
        return _process.ExitCode;
    }

    [GeneratedRegex("^Chitti listens on (http://[^ ]+)")]
    private static partial Regex Announcement();
}
