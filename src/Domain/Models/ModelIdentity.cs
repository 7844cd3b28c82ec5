namespace Chitti.Domain;

/// <summary>Which model gave an answer.</summary>
/// <param name="Id">Id used in profiles and calls, the name of the model's folder.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Version">Version from the manifest.</param>
/// <param name="Sha256">SHA-256 of the ONNX file, lower-case hexadecimal.</param>
[GenerateSerializer, Immutable, Alias("chitti.model-identity")]
public sealed record ModelIdentity(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Version,
    [property: Id(3)] string Sha256);
