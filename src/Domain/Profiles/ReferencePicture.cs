namespace Chitti.Domain;

/// <summary>A picture of a good part, with which images are compared. Its bytes are stored once, under their hash.</summary>
[GenerateSerializer, Immutable, Alias("chitti.reference-picture")]
public sealed record ReferencePicture
{
    /// <summary>Of the picture file, 64 lower-case hexadecimal digits.</summary>
    [Id(0)] public required string Sha256 { get; init; }

    /// <summary>File name as uploaded, for people; null if it had none.</summary>
    [Id(1)] public string? Name { get; init; }
}
