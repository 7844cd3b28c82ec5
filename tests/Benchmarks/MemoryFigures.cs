using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Chitti.Benchmarks;

/// <summary>Resident memory of a new server under load, then of a report over its files.</summary>
internal static class MemoryFigures
{
    private const double BarMegabytes = 450;
    private const double BarGrowth = 1.05;
    private const double BarReportSeconds = 10;
    private const int Clients = 8;
    private const int RoundFiles = 100;

    public static async Task MeasureAsync(BenchOptions options, Table table, ServerProcess server, byte[][] images)
    {
        var load = new PipelineLoad(server.Client, images, TimeProvider.System);
        var samples = new List<double>();
        var ids = new List<Guid>();
        table.Add("resident memory, just ready", Table.Format(server.ReadMemory().Now, "MB"));
        for (var done = 0; done < options.MemoryFiles; done += RoundFiles)
        {
            // Sampled while files are being uploaded and inspected, not in the pause afterwards.
            var result = await load.RunAsync(done, RoundFiles, Clients, accepted =>
            {
                if (accepted == RoundFiles * 3 / 4)
                {
                    samples.Add(server.ReadMemory().Now);
                }
            });
            ids.AddRange(result.Ids);
        }

        foreach (var count in new[] { 100, 500, 1_000, 2_000 }.Where(count => count <= options.MemoryFiles))
        {
            table.Add($"resident memory, about the {count}th image", Table.Format(samples[(count / RoundFiles) - 1], "MB"));
        }

        // The last quarter against the second: the first includes the warm-up.
        var quarter = samples.Count / 4;
        var growth = samples.TakeLast(quarter).Median() / samples.Skip(quarter).Take(quarter).Median();
        table.AddAtMost($"resident memory, most over {options.MemoryFiles} images", server.ReadMemory().Peak, BarMegabytes, "MB", 0);
        table.AddAtMost("resident memory, last quarter : second quarter", growth, BarGrowth, "", 2);

        var (seconds, bytes) = await MakeReportAsync(server, [.. ids.Take(options.ManyFiles)]);
        table.AddAtMost($"PDF report over {Math.Min(ids.Count, options.ManyFiles)} files", seconds, BarReportSeconds, "s", 1);
        table.Add("size of that report", Table.Format(bytes / 1e6, "MB", 1));
        table.Add("resident memory, most, with the report", Table.Format(server.ReadMemory().Peak, "MB"));
    }

    private static async Task<(double Seconds, long Bytes)> MakeReportAsync(ServerProcess server, Guid[] ids)
    {
        var started = Stopwatch.GetTimestamp();
        using var asked = await server.Client.PostAsJsonAsync(
            new Uri("/api/reports", UriKind.Relative), new { file_ids = ids, format = "pdf", title = "Benchmark" });
        asked.EnsureSuccessStatusCode();
        var links = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("links");
        var self = new Uri(links.GetProperty("self").GetString()!, UriKind.Relative);
        JsonElement report;
        do
        {
            await Task.Delay(50);
            report = await server.Client.GetFromJsonAsync<JsonElement>(self);
        }
        while (report.GetProperty("state").GetString() == "queued");

        if (report.GetProperty("state").GetString() != "ready")
        {
            throw new InvalidOperationException($"The report failed: {report}");
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var content = await server.Client.GetByteArrayAsync(new Uri($"{self}/content", UriKind.Relative));
        return (seconds, content.LongLength);
    }
}
