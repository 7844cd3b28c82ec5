using Chitti.Domain;

namespace Chitti.Inference;

/// <summary>What is known about a model from its file and its manifest.</summary>
public sealed record ModelDescription
{
    /// <summary>Id used in profiles and calls: the manifest's, otherwise the file name without its extension.</summary>
    public required string Id { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>Version from the manifest; <c>unversioned</c> without one.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the ONNX file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Licence from the manifest; null without one.</summary>
    public string? Licence { get; init; }

    /// <summary>Layout of the output.</summary>
    public required ModelFamily Family { get; init; }

    /// <summary>Class names in the order of class ids.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Pixels.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Pixels.</summary>
    public required int InputHeight { get; init; }

    /// <summary>What it sees.</summary>
    public ModelChannels Channels { get; init; }

    /// <summary>Whether it compares the picture with one of a good part, and can't run without.</summary>
    public bool NeedsReference => Channels == ModelChannels.ImageReferenceDifference;

    /// <summary>Id of the model that finds the same without a reference, from the manifest; null without it.</summary>
    public string? Replaces { get; init; }

    /// <summary>At which scales it was trained, from the manifest; null without it.</summary>
    public PixelScale? PixelScale { get; init; }

    /// <summary>What the pictures of its training look like, from the file that the manifest names; null without it.</summary>
    public TrainingStatistics? Statistics { get; init; }

    /// <summary>How well a picture can be compared with those of its training.</summary>
    public TrainingKnowledge Knowledge => Statistics switch
    {
        null => TrainingKnowledge.None,
        { Features: null } => TrainingKnowledge.Picture,
        _ => TrainingKnowledge.Features,
    };

    /// <summary>The model as inspections record it.</summary>
    public ModelIdentity Identity => new(Id, Name, Version, Sha256);
}
