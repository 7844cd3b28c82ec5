using System.Security.Cryptography;

namespace Chitti.Inference;

/// <summary>An ONNX detection model that was read, tried on a blank image and recognised; engines are made from it.</summary>
public sealed class OnnxModel
{
    private OnnxModel(byte[] file, ModelDescription description, InputLayout input, ModelSignature signature)
    {
        File = file;
        Description = description;
        Input = input;
        Signature = signature;
    }

    /// <summary>What is known of the model.</summary>
    public ModelDescription Description { get; }

    internal byte[] File { get; }

    internal InputLayout Input { get; }

    internal ModelSignature Signature { get; }

    /// <summary>
    /// Reads a model. A manifest, <c>&lt;model&gt;.json</c> or <c>manifest.json</c> beside it, overrides what its metadata
    /// and shapes say.
    /// </summary>
    /// <param name="path">An ONNX file, or a folder that holds one, or several of which its manifest names one.</param>
    /// <exception cref="FileNotFoundException">There is no model at that place.</exception>
    /// <exception cref="ModelRefusedException">The manifest is wrong, or the model is of no known family.</exception>
    public static OnnxModel Load(string path)
    {
        var (modelPath, manifestPath) = ModelFiles.Find(path);
        var manifest = manifestPath is null ? ModelManifest.Empty : ManifestReader.Read(manifestPath);
        var file = System.IO.File.ReadAllBytes(modelPath);
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
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
            Family = family,
            Classes = classes,
            InputWidth = signature.InputWidth,
            InputHeight = signature.InputHeight,
        };
        return new OnnxModel(file, description, InputLayout.For(family, signature, manifest), signature);
    }
}
