using System.Text.Json;
using Chitti.Domain;
using Chitti.Standalone;

namespace Chitti.Evaluation.Tests;

/// <summary>What <c>inspect</c> says of a folder.</summary>
internal static class Verdicts
{
    /// <returns>Verdict and reason of each picture; the verdict is null where there is none.</returns>
    public static async Task<IReadOnlyList<(string File, string? Verdict, string? Reason)>> OfAsync(string input, string? references, string output)
    {
        await new InspectRun([input], null, null, references, null, null, null, output, ReportFormat.Json).RunAsync(CancellationToken.None);
        return
        [
            .. JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(output, "results.json"))).RootElement.GetProperty("items").EnumerateArray()
                .Select(item => (Path.GetFileName(item.GetProperty("file").GetString()!), Text(item, "verdict"), Text(item, "reason") ?? Text(item, "error"))),
        ];
    }

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;
}
