namespace Chitti.Inference;

/// <summary>What a manifest says; null where it is silent.</summary>
internal sealed record ModelManifest
{
    public static ModelManifest Empty { get; } = new();

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Version { get; init; }

    public string? Licence { get; init; }

    /// <summary>Name of the ONNX file beside the manifest.</summary>
    public string? File { get; init; }

    public ModelFamily? Family { get; init; }

    public IReadOnlyList<string>? Classes { get; init; }

    public int? InputWidth { get; init; }

    public int? InputHeight { get; init; }

    public bool? Bgr { get; init; }

    /// <summary>Factor of the 8-bit values.</summary>
    public float? Scale { get; init; }

    /// <summary>Subtracted after scaling, a value a channel in the model's order.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>Divisor after that.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    /// <summary>8-bit R, G, B.</summary>
    public IReadOnlyList<float>? PaddingColour { get; init; }

    public PaddingPlace? PaddingPlace { get; init; }
}
