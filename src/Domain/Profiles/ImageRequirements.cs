namespace Chitti.Domain;

/// <summary>What an image must meet to be judged; otherwise it goes to review. A null limit is not checked.</summary>
[GenerateSerializer, Immutable, Alias("chitti.image-requirements")]
public sealed record ImageRequirements
{
    /// <summary>Pixels, at least 1.</summary>
    [Id(0)] public int? MinWidth { get; init; }

    /// <summary>Pixels, at least 1.</summary>
    [Id(1)] public int? MinHeight { get; init; }

    /// <summary>Lowest mean luma, 0..255; below it the image is too dark.</summary>
    [Id(2)] public double? MinBrightness { get; init; }

    /// <summary>Highest mean luma, 0..255; above it the image is too bright.</summary>
    [Id(3)] public double? MaxBrightness { get; init; }

    /// <summary>Lowest variance of the Laplacian; below it the image is blurred.</summary>
    [Id(4)] public double? MinSharpness { get; init; }
}
