using Chitti.Domain;
using Chitti.Inference;

namespace Chitti.Detection;

/// <summary>
/// Reads models from disk: one folder per model, with the ONNX file, its manifest and its shipped profile.
/// </summary>
public static class ModelFolder
{
    private const string ProfileName = "profile.json";

    /// <summary>Reads every model of a folder.</summary>
    /// <param name="folder">Contains one folder per model.</param>
    /// <param name="defaultId">Id of the default model.</param>
    /// <exception cref="ModelFaultException">A model can't be used, or the default is missing.</exception>
    public static ModelShelf Load(string folder, string defaultId)
    {
        var folders = Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [];
        try
        {
            return new(folders.Select(LoadOne), defaultId);
        }
        catch (ArgumentException exception)
        {
            throw new ModelFaultException($"{exception.Message} Looked in '{folder}'.", exception);
        }
    }

    /// <summary>Reads one model.</summary>
    /// <param name="path">Its ONNX file or folder.</param>
    /// <exception cref="FileNotFoundException">There is no model at the path.</exception>
    /// <exception cref="ModelFaultException">The model can't be used.</exception>
    public static ModelEntry LoadOne(string path)
    {
        var model = OnnxModel.Load(path);
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var profile = Path.Combine(folder, ProfileName);
        return new(model, File.Exists(profile) ? profile : null);
    }

    /// <summary>For a model without a profile: every class it finds rejects the part from a confidence of 0.5 on.</summary>
    public static ComponentProfile ProfileOfAnyDefect(ModelDescription model) => new()
    {
        Name = $"Any finding of {model.Name}",
        ComponentType = "any",
        Material = Material.Other,
        ModelId = model.Id,
        Criteria = [.. model.Classes.Distinct(StringComparer.Ordinal).Select(name => new DefectCriterion
        {
            Class = name,
            Severity = Severity.Major,
            RecordConfidence = 0.25f,
            ReviewConfidence = 0.35f,
            RejectConfidence = 0.5f,
        })],
    };
}
