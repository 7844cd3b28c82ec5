namespace Chitti.Domain;

/// <summary>How an image must lie on a reference to be judged; otherwise it goes to review.</summary>
[GenerateSerializer, Immutable, Alias("chitti.reference-requirements")]
public sealed record ReferenceRequirements
{
    /// <summary>Smallest fit, 0..1.</summary>
    [Id(0)] public double MinFit { get; init; } = 0.45;

    /// <summary>Smallest share of the reference that is in the image, 0.4..1.</summary>
    [Id(1)] public double MinVisible { get; init; } = 0.95;

    /// <summary>Whether to correct a camera that looks at the part at a slight angle.</summary>
    [Id(2)] public bool Perspective { get; init; }
}
