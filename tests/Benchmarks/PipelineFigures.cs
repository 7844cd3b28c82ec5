namespace Chitti.Benchmarks;

/// <summary>Files through the whole pipeline, uploads included, against the bare engine's rate just before and after.</summary>
internal static class PipelineFigures
{
    private const double Bar = 0.8;
    private const int FewFiles = 100;
    private const int Clients = 8;
    private const int WarmUpFiles = 1_000;

    /// <summary>The rate of a server that has just started and still compiles its code.</summary>
    public static async Task MeasureFreshAsync(Table table, EngineProcess engine, ServerProcess fresh, byte[][] images)
    {
        var before = await engine.RateAsync(0, FewFiles);
        var result = await new PipelineLoad(fresh.Client, images, TimeProvider.System).RunAsync(0, FewFiles, Clients);
        var after = await engine.RateAsync(0, FewFiles);
        table.Add($"first {FewFiles} files of a fresh server : bare engine", Table.Format(result.Rate / ((before + after) / 2), "", 2));
    }

    public static async Task MeasureAsync(BenchOptions options, Table table, EngineProcess engine, ServerProcess server, byte[][] images)
    {
        var load = new PipelineLoad(server.Client, images, TimeProvider.System);
        await engine.RateAsync(0, FewFiles);
        await load.RunAsync(0, WarmUpFiles, Clients);

        await CompareAsync(FewFiles, options.Rounds);
        await CompareAsync(options.ManyFiles, Math.Max(1, options.Rounds / 3));

        async Task CompareAsync(int files, int rounds)
        {
            var (bare, rates, accepts, ratios) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            var (ofEngine, ofServer, ofClient) = (new List<double>(), new List<double>(), new List<double>());
            await MeasureEngineAsync();
            for (var round = 0; round < rounds; round++)
            {
                var (server0, client0) = (server.ReadProcessorMilliseconds(), ProcessorTime.ReadOwn());
                var result = await load.RunAsync(round * files, files, Clients);
                ofServer.Add((server.ReadProcessorMilliseconds() - server0) / files);
                ofClient.Add((ProcessorTime.ReadOwn() - client0) / files);
                await MeasureEngineAsync();
                rates.Add(result.Rate);
                accepts.Add(result.AcceptRate);
                ratios.Add(result.Rate / ((bare[^2] + bare[^1]) / 2));
            }

            table.Add($"{files} files, bare engine", Table.Format(bare.Median(), "images/s", 1));
            table.Add($"{files} files through the pipeline", Table.Format(rates.Median(), "images/s", 1));
            table.Add($"{files} files, accepted", Table.Format(accepts.Median(), "files/s", 1));
            table.AddAtLeast($"{files} files through the pipeline : bare engine", ratios.Median(), Bar, "", 2);
            table.Add($"{files} files, processor time of the bare engine", Table.Format(ofEngine.Median(), "ms/file", 1));
            table.Add($"{files} files, processor time of the server", Table.Format(ofServer.Median(), "ms/file", 1));
            table.Add($"{files} files, processor time of the clients", Table.Format(ofClient.Median(), "ms/file", 1));
            table.Add(
                $"{files} files, processor time, bare engine : server and clients",
                Table.Format(ofEngine.Median() / (ofServer.Median() + ofClient.Median()), "", 2));

            async Task MeasureEngineAsync()
            {
                var used = engine.ReadProcessorMilliseconds();
                bare.Add(await engine.RateAsync(0, files));
                ofEngine.Add((engine.ReadProcessorMilliseconds() - used) / files);
            }
        }
    }
}
