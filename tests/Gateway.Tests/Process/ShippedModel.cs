using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>Copies of the shipped model, for tests that change it.</summary>
internal static class ShippedModel
{
    private const string Id = "pcb-defects";

    /// <summary>Copies it into a models folder and returns the folder of the copy.</summary>
    public static string CopyTo(string models, string id = Id)
    {
        var folder = Directory.CreateDirectory(Path.Combine(models, id)).FullName;
        foreach (var file in new[] { "pcb-defects.onnx", "manifest.json", "pcb-defects.statistics.json", "profile.json" })
        {
            File.Copy(Path.Combine(Repository.Root, "models", Id, file), Path.Combine(folder, file));
        }

        return folder;
    }

    public static void Replace(string folder, string file, string text, string by)
    {
        var path = Path.Combine(folder, file);
        File.WriteAllText(path, File.ReadAllText(path).Replace(text, by, StringComparison.Ordinal));
    }
}
