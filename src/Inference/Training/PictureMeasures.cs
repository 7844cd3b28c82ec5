namespace Chitti.Inference;

/// <summary>
/// What a picture tells without a model: figures that tell a kind of picture, whatever it shows. Measured at the scale at which
/// the model sees it, without padding. Levels are those of green, and relative to the picture's own contrast: 0 is its darkest hundredth and 1 its
/// brightest, so that exposure does not matter.
/// </summary>
public sealed record PictureMeasures
{
    /// <summary>Number of classes in <see cref="GreyLevels"/>.</summary>
    public const int LevelCount = 8;

    /// <summary>Share of the pixels in each of eight equal classes of levels, from dark to bright; sums to 1.</summary>
    public required IReadOnlyList<double> GreyLevels { get; init; }

    /// <summary>Share of the pixels at which the level changes by more than a quarter of the contrast within two pixels of the input, 0..1.</summary>
    public required double EdgeDensity { get; init; }

    /// <summary>
    /// Which way edges run, weighted with their strength: 0 if all are horizontal or vertical, 1 if all are diagonal. About 0.64 if
    /// no direction is preferred.
    /// </summary>
    public required double DiagonalEdges { get; init; }

    /// <summary>Side of the largest square without anything brighter than a third of the contrast, as a share of the picture's shorter side, 0..1.</summary>
    public required double FlatDark { get; init; }

    /// <summary>The same, without anything darker than two thirds of the contrast.</summary>
    public required double FlatBright { get; init; }
}
