using System.Text.Json;
using System.Text.Json.Nodes;
using Chitti.Domain;
using Chitti.Reports;

namespace Chitti.Standalone;

/// <summary>
/// <c>results.json</c> in the output folder: per file the inspection as in the API, or the error, and the path of its annotated
/// image; then what was skipped, and a summary. It lists what a run writes, so that the next one can remove it.
/// </summary>
internal sealed class ResultsFile(string outputFolder, string report, IReadOnlyList<SkippedFile> skipped)
{
    public const string AnnotatedFolder = "annotated";

    private const string Interrupted = "The run ended before this file was inspected.";

    private static readonly JsonSerializerOptions _indented = new(ApiJson.Options) { WriteIndented = true };

    private string FilePath => Path.Combine(outputFolder, "results.json");

    /// <summary>
    /// Removes the pictures and the report of the run before, so that none is taken for one of this run, and writes all files as
    /// not inspected yet.
    /// </summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public async Task BeginAsync(IReadOnlyList<string> files, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        await RemoveEarlierAsync(cancellationToken);
        await WriteAsync([.. files.Select(file => new InspectedFile { File = file, Error = Interrupted })], names, cancellationToken);
    }

    /// <param name="files">The results.</param>
    /// <param name="names">The names of their annotated images, as many as there are files.</param>
    /// <param name="cancellationToken">Leaves the file as it was.</param>
    public async Task WriteAsync(IReadOnlyList<InspectedFile> files, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var results = new JsonObject
        {
            ["items"] = new JsonArray([.. files.Zip(names, ItemOf)]),
            ["skipped"] = JsonSerializer.SerializeToNode(skipped, ApiJson.Options),
            ["report"] = report,
            ["summary"] = JsonSerializer.SerializeToNode(ReportSummary.From(files.Select(file => file.Inspection)), ApiJson.Options),
        };
        var next = FilePath + ".new";
        await using (var stream = File.Create(next))
        {
            await JsonSerializer.SerializeAsync(stream, results, _indented, cancellationToken);
        }

        File.Move(next, FilePath, overwrite: true);
    }

    private static JsonObject ItemOf(InspectedFile file, string name)
    {
        var item = new JsonObject { ["file"] = file.File };
        if (file.Inspection is null)
        {
            item["error"] = file.Error;
        }
        else
        {
            foreach (var (field, value) in JsonSerializer.SerializeToNode(file.Inspection, ApiJson.Options)!.AsObject())
            {
                item[field] = value?.DeepClone();
            }
        }

        // Named before it is written, so that the next run finds it even if this one ends in between.
        item["annotated"] = file is { Error: null or Interrupted, PictureFault: null } ? $"{AnnotatedFolder}/{name}" : null;
        return item;
    }

    private async Task RemoveEarlierAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(FilePath))
        {
            return;
        }

        JsonNode? earlier;
        try
        {
            await using var stream = File.OpenRead(FilePath);
            earlier = await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            // Not written by a run.
            return;
        }

        var items = (earlier as JsonObject)?["items"] as JsonArray ?? [];
        IEnumerable<string?> written = [.. items.Select(item => TextOf(item, "annotated")), TextOf(earlier, "report")];
        foreach (var path in written.OfType<string>().Where(IsOfARun))
        {
            File.Delete(Path.Combine(outputFolder, path));
        }
    }

    private static string? TextOf(JsonNode? node, string field) =>
        node is JsonObject fields && fields[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // The file may have been edited, or come from somewhere else.
    private static bool IsOfARun(string path) =>
        !path.Contains("..", StringComparison.Ordinal)
        && ((path.StartsWith($"{AnnotatedFolder}/", StringComparison.Ordinal) && path.EndsWith(".jpg", StringComparison.Ordinal))
            || (path.StartsWith("report.", StringComparison.Ordinal) && !path.Contains('/', StringComparison.Ordinal)));
}
