using System.Diagnostics;
using System.Globalization;

namespace Chitti.Benchmarks;

/// <summary>The parent's end of <see cref="EngineChild"/>.</summary>
internal sealed class EngineProcess : IDisposable
{
    private readonly Process _process;

    private EngineProcess(Process process) => _process = process;

    public static async Task<EngineProcess> StartAsync(string model, string images)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(EngineProcess).Assembly.Location);
        }

        start.ArgumentList.Add("engine");
        start.ArgumentList.Add(model);
        start.ArgumentList.Add(images);
        var engine = new EngineProcess(Process.Start(start)!);
        await engine.ReadAsync();
        return engine;
    }

    /// <summary>Milliseconds of one call, from encoded bytes to detections.</summary>
    public Task<double> OneAsync(int image) => AskAsync($"one {image}");

    /// <summary>Images per second with all sessions busy.</summary>
    public Task<double> RateAsync(int first, int count) => AskAsync($"rate {first} {count}");

    public double ReadProcessorMilliseconds() => ProcessorTime.Read(_process);

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<double> AskAsync(FormattableString question)
    {
        await _process.StandardInput.WriteLineAsync(FormattableString.Invariant(question));
        await _process.StandardInput.FlushAsync();
        return double.Parse(await ReadAsync(), CultureInfo.InvariantCulture);
    }

    private async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The engine's process ended.");
}
