using Chitti.Tests;

namespace Chitti.Benchmarks;

/// <summary>Measures the figures one after the other and prints the table. A missed bar is shown and does not fail the run.</summary>
internal static class Suite
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        var scratch = Directory.CreateTempSubdirectory("chitti-bench-").FullName;
        try
        {
            var machine = Machine.Describe();
            Console.Error.WriteLine(machine);
            var table = new Table();
            var images = Path.Combine(scratch, "images");
            BoardImages.Make(options.Images, images, options.ManyFiles);
            if (options.Wants("start"))
            {
                await StartFigures.MeasureAsync(options, table, scratch);
            }

            if (options.Wants("detect") || options.Wants("pipeline"))
            {
                using var engine = await EngineProcess.StartAsync(BenchOptions.Model, images);
                using var server = await StartServerAsync(options, scratch, "speed");
                var encoded = BoardImages.Load(images);
                if (options.Wants("detect"))
                {
                    await DetectFigures.MeasureAsync(options, table, engine, server, encoded);
                }

                if (options.Wants("pipeline"))
                {
                    using (var fresh = await StartServerAsync(options, scratch, "fresh"))
                    {
                        await PipelineFigures.MeasureFreshAsync(table, engine, fresh, encoded);
                    }

                    await PipelineFigures.MeasureAsync(options, table, engine, server, encoded);
                }
            }

            if (options.Wants("memory"))
            {
                using var server = await StartServerAsync(options, scratch, "memory");
                await MemoryFigures.MeasureAsync(options, table, server, BoardImages.Load(images));
            }

            if (options.Only.Contains("refusal"))
            {
                using var server = await StartServerAsync(options, scratch, "refusal", RefusalFigures.Settings);
                await RefusalFigures.MeasureAsync(options, table, server);
            }

            Console.WriteLine(machine);
            Console.WriteLine();
            Console.WriteLine(table);
            return 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    public static Task<ServerProcess> StartServerAsync(BenchOptions options, string scratch, string data, params string[] settings) =>
        ServerProcess.StartAsync(options.Server, Path.Combine(scratch, data), Path.Combine(Repository.Root, "models"), settings);
}
