namespace Chitti.Domain;

/// <summary>How an image lies on the reference that fits best.</summary>
[GenerateSerializer, Immutable, Alias("chitti.part-registration")]
public sealed record PartRegistration
{
    /// <summary>SHA-256 of the reference; null if the image was not recognised as this part.</summary>
    [Id(0)] public string? ReferenceSha256 { get; init; }

    /// <summary>How well they agree, 0..1, four decimals; the best that was found if the image was not recognised.</summary>
    [Id(1)] public required double Fit { get; init; }

    /// <summary>Share of the reference that is in the image, 0..1, four decimals; 0 if the image was not recognised.</summary>
    [Id(2)] public double Visible { get; init; }

    /// <summary>
    /// Row by row, the upper eight coefficients of the projective map from pixels of the image to those of the reference, where
    /// (0, 0) is the centre of the top left pixel; the ninth is 1. Null if the image was not recognised.
    /// </summary>
    [Id(3)] public IReadOnlyList<double>? ImageToReference { get; init; }
}
