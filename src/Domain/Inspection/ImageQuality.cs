namespace Chitti.Domain;

/// <summary>Figures that are checked against a profile's image limits.</summary>
/// <param name="Brightness">Mean luma (ITU-R BT.601) of the image without padding, 0 (black) to 255 (white).</param>
/// <param name="Sharpness">Variance of the 3x3 Laplacian (0 1 0, 1 -4 1, 0 1 0) of the luma at the model's input scale, without padding; low when blurred.</param>
[GenerateSerializer, Immutable, Alias("chitti.image-quality")]
public sealed record ImageQuality(
    [property: Id(0)] double Brightness,
    [property: Id(1)] double Sharpness);
