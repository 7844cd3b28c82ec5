using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chitti.Benchmarks;

/// <summary>The built server, started as a user would start it, on a free port.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 64 }) { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>Time from the start of the process until it is ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public static async Task<ServerProcess> StartAsync(string program, string dataPath, string modelsPath, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FindFreePort()}");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { program, "--urls", address.ToString(), "--Chitti:DataPath", dataPath, "--Chitti:ModelsPath", modelsPath },
            RedirectStandardOutput = true,
        };
        foreach (var setting in settings)
        {
            start.ArgumentList.Add(setting);
        }

        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new ServerProcess(process, address);
        try
        {
            await server.WaitUntilReadyAsync(started);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Resident memory, current and peak, in MB of 2^20 bytes.</summary>
    public (double Now, double Peak) ReadMemory()
    {
        const double Megabyte = 1 << 20;
        if (OperatingSystem.IsLinux())
        {
            var status = File.ReadAllLines($"/proc/{_process.Id}/status");
            return (Kilobytes("VmRSS:") * 1024 / Megabyte, Kilobytes("VmHWM:") * 1024 / Megabyte);

            double Kilobytes(string name) => double.Parse(
                status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal),
                CultureInfo.InvariantCulture);
        }

        _process.Refresh();
        return (_process.WorkingSet64 / Megabyte, _process.PeakWorkingSet64 / Megabyte);
    }

    public double ReadProcessorMilliseconds() => ProcessorTime.Read(_process);

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync(long started)
    {
        while (true)
        {
            try
            {
                using var response = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (response.IsSuccessStatusCode)
                {
                    ReadyAfter = Stopwatch.GetElapsedTime(started);
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Nothing listens yet.
            }

            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > _patience)
            {
                throw new InvalidOperationException("The server did not become ready.");
            }

            await Task.Delay(20);
        }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
