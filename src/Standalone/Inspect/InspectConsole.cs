using System.Globalization;
using Chitti.Domain;
using Chitti.Reports;
using Spectre.Console;

namespace Chitti.Standalone;

/// <summary>Console output of a run: one line per file, in order, and on a terminal a progress bar below.</summary>
internal static class InspectConsole
{
    // The same reason for thousands of files would hide the verdicts above.
    private const int MaxSkippedLines = 20;

    public static async Task<IReadOnlyList<InspectedFile>> RunAsync(
        IReadOnlyList<string> files,
        IReadOnlyList<string> names,
        Func<string, string, Task<InspectedFile>> inspect,
        CancellationToken cancellationToken)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            return await RunAllAsync(files, names, inspect, file => Console.WriteLine(Line(file)), cancellationToken);
        }

        IReadOnlyList<InspectedFile> inspected = [];
        await AnsiConsole.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bar = progress.AddTask("inspecting", maxValue: files.Count);
            inspected = await RunAllAsync(files, names, inspect, Show, cancellationToken);

            void Show(InspectedFile file)
            {
                AnsiConsole.WriteLine(Line(file));
                bar.Increment(1);
            }
        });
        return inspected;
    }

    public static void WriteSkipped(IReadOnlyList<SkippedFile> skipped)
    {
        foreach (var file in skipped.Take(MaxSkippedLines))
        {
            Console.WriteLine($"{"SKIP",-6}  {file.File}  {file.Reason}");
        }

        if (skipped.Count > MaxSkippedLines)
        {
            Console.WriteLine($"{"SKIP",-6}  {skipped.Count - MaxSkippedLines} more, see results.json");
        }
    }

    public static void WriteSummary(ReportSummary summary, string outputFolder, string reportPath) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{summary.Files} files: {summary.Pass} pass, {summary.Fail} fail, {summary.Review} review, {summary.Unreadable} unreadable. Results in {outputFolder}, report {reportPath}"));

    private static async Task<IReadOnlyList<InspectedFile>> RunAllAsync(
        IReadOnlyList<string> files,
        IReadOnlyList<string> names,
        Func<string, string, Task<InspectedFile>> inspect,
        Action<InspectedFile> show,
        CancellationToken cancellationToken)
    {
        // Two per core, so that one image is read and drawn while another is being inspected.
        var inspected = new InspectedFile[files.Count];
        var shown = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, files.Count),
            new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (index, _) =>
            {
                var file = await inspect(files[index], names[index]);
                lock (inspected)
                {
                    inspected[index] = file;
                    for (; shown < inspected.Length && inspected[shown] is { } next; shown++)
                    {
                        show(next);
                    }
                }
            });
        return inspected;
    }

    internal static string Line(InspectedFile file) => file.Inspection is { } inspection
        ? $"{ApiJson.Word(inspection.Verdict).ToUpperInvariant(),-6}  {file.File}  {inspection.Reason}{(file.PictureFault is { } fault ? $" (no annotated image: {fault})" : "")}"
        : $"{"ERROR",-6}  {file.File}  {file.Error}";
}
