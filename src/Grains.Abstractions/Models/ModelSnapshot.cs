using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>The facts about a model.</summary>
[GenerateSerializer, Immutable, Alias("chitti.model-snapshot")]
public sealed record ModelSnapshot
{
    /// <summary>Id, name, version and hash.</summary>
    [Id(0)] public required ModelIdentity Identity { get; init; }

    /// <summary>Layout of the output, for example <c>yolov8</c>.</summary>
    [Id(1)] public required string Family { get; init; }

    /// <summary>Class names in the order of class ids.</summary>
    [Id(2)] public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Pixels.</summary>
    [Id(3)] public required int InputWidth { get; init; }

    /// <summary>Pixels.</summary>
    [Id(4)] public required int InputHeight { get; init; }

    /// <summary>Licence from the manifest; null when it has none.</summary>
    [Id(5)] public string? Licence { get; init; }

    /// <summary>Whether it compares the image with a reference, and can't run without.</summary>
    [Id(6)] public bool NeedsReference { get; init; }

    /// <summary>Id of the model that finds the same without a reference; null if there is none.</summary>
    [Id(7)] public string? Replaces { get; init; }
}
