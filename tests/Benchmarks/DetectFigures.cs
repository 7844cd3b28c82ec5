using System.Diagnostics;
using System.Net.Http.Headers;

namespace Chitti.Benchmarks;

/// <summary>POST /api/detect against the bare engine.</summary>
internal static class DetectFigures
{
    private const double Bar = 1.25;
    private const int Callers = 16;
    private const int WarmUpCalls = 100;

    public static async Task MeasureAsync(BenchOptions options, Table table, EngineProcess engine, ServerProcess server, byte[][] images)
    {
        await MeasureOneAsync(WarmUpCalls);
        var (engine0, server0) = (engine.ReadProcessorMilliseconds(), server.ReadProcessorMilliseconds());
        var (bare, http) = await MeasureOneAsync(options.Calls);
        table.Add("one call, bare engine, median", Table.Format(bare.Median(), "ms", 2));
        table.Add("POST /api/detect, one caller, median", Table.Format(http.Median(), "ms", 2));
        table.Add("POST /api/detect, one caller, 95 of 100 within", Table.Format(http.Quantile(0.95), "ms", 2));
        table.AddAtMost("POST /api/detect, one caller : bare engine", http.Median() / bare.Median(), Bar, "", 2);
        table.Add(
            "processor time of such a call : bare engine",
            Table.Format((server.ReadProcessorMilliseconds() - server0) / (engine.ReadProcessorMilliseconds() - engine0), "", 2));

        var (rates, ratios) = (new List<double>(), new List<double>());
        var before = await engine.RateAsync(0, options.Calls);
        for (var round = 0; round < options.Rounds; round++)
        {
            var rate = await MeasureManyAsync();
            var after = await engine.RateAsync(0, options.Calls);
            rates.Add(rate);
            ratios.Add(rate / ((before + after) / 2));
            before = after;
        }

        table.Add($"POST /api/detect, {Callers} callers", Table.Format(rates.Median(), "images/s", 1));
        table.Add($"POST /api/detect, {Callers} callers : bare engine", Table.Format(ratios.Median(), "", 2));

        async Task<(List<double> Bare, List<double> Http)> MeasureOneAsync(int calls)
        {
            var (ofEngine, ofServer) = (new List<double>(), new List<double>());
            for (var number = 0; number < calls; number++)
            {
                ofEngine.Add(await engine.OneAsync(number));
                var started = Stopwatch.GetTimestamp();
                await PostAsync(number);
                ofServer.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return (ofEngine, ofServer);
        }

        async Task<double> MeasureManyAsync()
        {
            var next = -1;
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
            {
                int number;
                while ((number = Interlocked.Increment(ref next)) < options.Calls)
                {
                    await PostAsync(number);
                }
            }));
            return options.Calls / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        async Task PostAsync(int number)
        {
            using var content = new ByteArrayContent(images[number % images.Length]);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            using var response = await server.Client.PostAsync(new Uri("/api/detect", UriKind.Relative), content);
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
        }
    }
}
