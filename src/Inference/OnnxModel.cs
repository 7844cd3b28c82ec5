using System.Security.Cryptography;

namespace Chitti.Inference;

/// <summary>
/// An ONNX detection model that has been read, run once on a blank image and recognised. Engines are created from it.
/// </summary>
public sealed class OnnxModel
{
    private OnnxModel(string path, string manifestPath, byte[] file, ModelDescription description, InputLayout input, ModelSignature signature)
    {
        FilePath = path;
        ManifestPath = manifestPath;
        File = file;
        Description = description;
        Input = input;
        Signature = signature;
    }

    /// <summary>What is known of the model.</summary>
    public ModelDescription Description { get; }

    /// <summary>Path of the ONNX file.</summary>
    public string FilePath { get; }

    /// <summary>Path of its manifest, which may not exist.</summary>
    public string ManifestPath { get; }

    /// <summary>Channels of its output <c>features</c>; null if it has none.</summary>
    public int? FeatureChannels => Signature.Features?.Channels;

    internal byte[] File { get; }

    internal InputLayout Input { get; }

    internal ModelSignature Signature { get; }

    /// <summary>
    /// Reads a model. A manifest, <c>&lt;model&gt;.json</c> or <c>manifest.json</c> beside it, overrides what the metadata
    /// and shapes say.
    /// </summary>
    /// <param name="path">An ONNX file, or a folder with one; if it has several, its manifest must name one.</param>
    /// <exception cref="FileNotFoundException">There is no model at the path.</exception>
    /// <exception cref="ModelFaultException">The manifest or the statistics are invalid or for another file, or the model is of no supported family.</exception>
    public static OnnxModel Load(string path) => Load(path, withStatistics: true);

    /// <summary>Reads a model without its statistics, which may be outdated, to compute new ones.</summary>
    /// <inheritdoc cref="Load(string)"/>
    public static OnnxModel LoadWithoutStatistics(string path) => Load(path, withStatistics: false);

    private static OnnxModel Load(string path, bool withStatistics)
    {
        var (modelPath, manifestPath) = ModelFiles.Find(path);
        var manifest = manifestPath is null ? ModelManifest.Empty : ManifestReader.Read(manifestPath);
        var file = System.IO.File.ReadAllBytes(modelPath);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        if (manifest.Sha256 is { } stated && stated != sha256)
        {
            // A model with a flipped bit in its weights loads, and finds other defects.
            throw new ModelFaultException(
                $"{modelPath} is not the file that {manifestPath} was written for: its SHA-256 is {sha256}, the manifest says {stated}.");
        }

        var signature = ModelProbe.Read(file, manifest);
        var family = FamilyRecognition.Recognise(signature, manifest);
        var classes = FamilyRecognition.ClassNames(signature, manifest, family);
        var id = manifest.Id ?? Path.GetFileNameWithoutExtension(modelPath);
        var description = new ModelDescription
        {
            Id = id,
            Name = manifest.Name ?? signature.Metadata.GetValueOrDefault("description") ?? id,
            Version = manifest.Version ?? "unversioned",
            Licence = manifest.Licence,
            Sha256 = sha256,
            Family = family,
            Classes = classes,
            InputWidth = signature.InputWidth,
            InputHeight = signature.InputHeight,
            Channels = manifest.Channels ?? ModelChannels.Rgb,
            Replaces = manifest.Replaces,
            PixelScale = manifest.PixelScale is [var min, var max] ? new(min, max, manifest.PixelsPerMillimetre) : null,
            Statistics = withStatistics && manifest.Statistics is { } statistics
                ? StatisticsFile.Read(Path.Combine(Path.GetDirectoryName(manifestPath)!, statistics.File), statistics.Sha256, sha256, signature.Features)
                : null,
        };
        return new OnnxModel(modelPath, manifestPath ?? Path.ChangeExtension(modelPath, ".json"), file, description, InputLayout.For(family, signature, manifest), signature);
    }
}
