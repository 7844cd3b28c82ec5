using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Chitti.Inference;

/// <summary>Puts statistics into a model's folder.</summary>
public static class ModelStatistics
{
    private const string Field = "statistics";

    /// <summary>
    /// Writes the file with the statistics, then names it in the manifest, which keeps everything else as it is. A manifest that
    /// does not exist is made.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="statistics">What was computed with it.</param>
    /// <returns>Path of the file with the statistics.</returns>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static string Write(OnnxModel model, TrainingStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(model);
        var name = $"{Path.GetFileNameWithoutExtension(model.FilePath)}.{Field}.json";
        var bytes = StatisticsFile.Write(statistics, model.Description.Sha256);
        var manifest = model.ManifestPath;
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(manifest))!, name);
        Replace(path, bytes);

        var entry = new JsonObject { ["file"] = name, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        var text = File.Exists(manifest) ? File.ReadAllText(manifest) : "{\n}\n";
        Replace(manifest, new System.Text.UTF8Encoding(false).GetBytes(JsonField.Set(text, Field, entry.ToJsonString())));
        return path;
    }

    private static void Replace(string path, byte[] bytes)
    {
        var next = path + ".new";
        File.WriteAllBytes(next, bytes);
        File.Move(next, path, overwrite: true);
    }
}
