namespace Chitti.Inference;

/// <summary>Finds a model's file and the manifest beside it.</summary>
internal static class ModelFiles
{
    private const string FolderManifest = "manifest.json";

    public static (string Model, string? Manifest) Find(string path)
    {
        if (Directory.Exists(path))
        {
            return FindInFolder(path);
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no model at {Path.GetFullPath(path)}.", path);
        }

        var own = Path.ChangeExtension(path, ".json");
        if (File.Exists(own))
        {
            return (path, own);
        }

        var shared = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, FolderManifest);
        // A folder's manifest that names a file does not apply to the other files in the folder.
        var applies = File.Exists(shared)
            && (ManifestReader.Read(shared).File is not { } named || named == Path.GetFileName(path));
        return (path, applies ? shared : null);
    }

    private static (string Model, string? Manifest) FindInFolder(string folder)
    {
        var manifest = Path.Combine(folder, FolderManifest);
        if (File.Exists(manifest) && ManifestReader.Read(manifest).File is { } named)
        {
            var model = Path.Combine(folder, named);
            return File.Exists(model)
                ? (model, manifest)
                : throw new FileNotFoundException($"{manifest} names {named}, which does not exist.", model);
        }
        return Directory.GetFiles(folder, "*.onnx") switch
        {
            [var only] => Find(only),
            [] => throw new FileNotFoundException($"There is no *.onnx file in {Path.GetFullPath(folder)}.", folder),
            var several => throw new ModelFaultException(
                $"{folder} contains {several.Length} ONNX files; name one of them as \"file\" in {FolderManifest}."),
        };
    }
}
