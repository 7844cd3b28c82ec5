namespace Chitti.Domain;

/// <summary>Which model was run.</summary>
/// <param name="Id">Id used in profiles and calls.</param>
/// <param name="Name">Display name.</param>
/// <param name="Version">Version from the manifest.</param>
/// <param name="Sha256">SHA-256 of the ONNX file, lower-case hexadecimal.</param>
[GenerateSerializer, Immutable, Alias("chitti.model-identity")]
public sealed record ModelIdentity(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Version,
    [property: Id(3)] string Sha256);
