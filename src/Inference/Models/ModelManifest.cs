namespace Chitti.Inference;

/// <summary>The fields of a manifest; null if not given.</summary>
internal sealed record ModelManifest
{
    public static ModelManifest Empty { get; } = new();

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Version { get; init; }

    public string? Licence { get; init; }

    /// <summary>Name of the ONNX file beside the manifest.</summary>
    public string? File { get; init; }

    /// <summary>What the ONNX file must hash to, lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    public ModelFamily? Family { get; init; }

    public IReadOnlyList<string>? Classes { get; init; }

    public int? InputWidth { get; init; }

    public int? InputHeight { get; init; }

    public ModelChannels? Channels { get; init; }

    /// <summary>Id of the model that finds the same without a reference.</summary>
    public string? Replaces { get; init; }

    public bool? Bgr { get; init; }

    /// <summary>Factor applied to the 8-bit values.</summary>
    public float? Scale { get; init; }

    /// <summary>Subtracted after scaling; one value per channel, in the model's channel order.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>Divisor applied after that; one value per channel, in the same order.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    /// <summary>8-bit R, G, B.</summary>
    public IReadOnlyList<float>? PaddingColour { get; init; }

    public PaddingPlace? PaddingPlace { get; init; }

    /// <summary>Smallest and largest scale of the training, see <see cref="Inference.PixelScale"/>.</summary>
    public IReadOnlyList<double>? PixelScale { get; init; }

    /// <summary>Resolution of the pictures of the training.</summary>
    public double? PixelsPerMillimetre { get; init; }

    /// <summary>Where the statistics of the pictures of the training are.</summary>
    public StatisticsEntry? Statistics { get; init; }
}
