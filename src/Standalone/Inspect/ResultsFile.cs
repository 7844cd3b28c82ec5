using System.Text.Json;
using System.Text.Json.Nodes;
using Chitti.Domain;
using Chitti.Reports;

namespace Chitti.Standalone;

/// <summary>Writes <c>results.json</c>: per file the inspection as in the API, or the error, and a summary.</summary>
internal static class ResultsFile
{
    private static readonly JsonSerializerOptions _indented = new(ApiJson.Options) { WriteIndented = true };

    public static async Task WriteAsync(
        string path, IReadOnlyList<InspectedFile> files, ReportSummary summary, CancellationToken cancellationToken)
    {
        var items = new JsonArray();
        foreach (var file in files)
        {
            var item = new JsonObject { ["file"] = file.File };
            if (file.Inspection is null)
            {
                item["error"] = file.Error;
            }
            else
            {
                var document = JsonSerializer.SerializeToNode(file.Inspection, ApiJson.Options)!.AsObject();
                foreach (var (name, value) in document)
                {
                    item[name] = value?.DeepClone();
                }
            }

            items.Add(item);
        }

        var results = new JsonObject { ["items"] = items, ["summary"] = JsonSerializer.SerializeToNode(summary, ApiJson.Options) };
        await using var stream = File.Create(path);
        await JsonSerializer.SerializeAsync(stream, results, _indented, cancellationToken);
    }
}
