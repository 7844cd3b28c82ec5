namespace Chitti.Benchmarks;

/// <summary>From the start of the process to <c>/health/ready</c>: with an empty data folder, and with a used one.</summary>
internal static class StartFigures
{
    private const double Bar = 3;

    public static async Task MeasureAsync(BenchOptions options, Table table, string scratch)
    {
        var (empty, used, processor) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Math.Min(options.Rounds, 5); round++)
        {
            empty.Add(await StartAsync($"start-{round}"));
            used.Add(await StartAsync($"start-{round}"));
        }

        table.AddAtMost("ready after start, empty data folder", empty.Median(), Bar, "s", 2);
        table.AddAtMost("ready after start, used data folder", used.Median(), Bar, "s", 2);
        table.Add("processor time until ready", Table.Format(processor.Median(), "s", 2));

        async Task<double> StartAsync(string data)
        {
            using var server = await Suite.StartServerAsync(options, scratch, data);
            processor.Add(server.ReadProcessorMilliseconds() / 1_000);
            return server.ReadyAfter.TotalSeconds;
        }
    }
}
