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

    /// <param name="count">Number of files.</param>
    /// <param name="inspect">Inspects the file of an index.</param>
    /// <param name="line">What to print for a file; null for nothing.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<IReadOnlyList<T>> RunAsync<T>(
        int count, Func<int, Task<T>> inspect, Func<T, string?> line, CancellationToken cancellationToken)
        where T : class
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            return await RunAllAsync(count, inspect, result => Write(line(result), Console.WriteLine), cancellationToken);
        }

        IReadOnlyList<T> inspected = [];
        await AnsiConsole.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bar = progress.AddTask("inspecting", maxValue: count);
            inspected = await RunAllAsync(count, inspect, Show, cancellationToken);

            void Show(T result)
            {
                Write(line(result), AnsiConsole.WriteLine);
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

    /// <param name="note">What a person should know about the run; null for nothing.</param>
    public static void WriteNote(string? note)
    {
        if (note is not null)
        {
            Console.WriteLine($"{"NOTE",-6}  {note}");
        }
    }

    public static void WriteSummary(ReportSummary summary, string outputFolder, string reportPath) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{summary.Files} {(summary.Files == 1 ? "file" : "files")}: {summary.Pass} pass, {summary.Fail} fail, {summary.Review} review, {summary.Unreadable} unreadable. Results in {outputFolder}, report {reportPath}"));

    private static async Task<IReadOnlyList<T>> RunAllAsync<T>(
        int count, Func<int, Task<T>> inspect, Action<T> show, CancellationToken cancellationToken)
        where T : class
    {
        // Two per core, so that one image is read and drawn while another is being inspected.
        var inspected = new T[count];
        var shown = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (index, _) =>
            {
                var result = await inspect(index);
                lock (inspected)
                {
                    inspected[index] = result;
                    for (; shown < inspected.Length && inspected[shown] is { } next; shown++)
                    {
                        show(next);
                    }
                }
            });
        return inspected;
    }

    private static void Write(string? line, Action<string> write)
    {
        if (line is not null)
        {
            write(line);
        }
    }

    internal static string Line(InspectedFile file) => file.Inspection is { } inspection
        ? $"{ApiJson.Word(inspection.Verdict).ToUpperInvariant(),-6}  {file.File}  {inspection.Reason}{(file.PictureFault is { } fault ? $" (no annotated image: {fault})" : "")}"
        : $"{"ERROR",-6}  {file.File}  {file.Error}";
}
