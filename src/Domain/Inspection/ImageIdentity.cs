namespace Chitti.Domain;

/// <summary>Which image was inspected.</summary>
/// <param name="Width">Pixels, after EXIF orientation.</param>
/// <param name="Height">Pixels, after EXIF orientation.</param>
/// <param name="Sha256">SHA-256 of the encoded bytes, lower-case hexadecimal.</param>
[GenerateSerializer, Immutable, Alias("chitti.image-identity")]
public sealed record ImageIdentity(
    [property: Id(0)] int Width,
    [property: Id(1)] int Height,
    [property: Id(2)] string Sha256);
