namespace Chitti.Domain;

/// <summary>Facts about an uploaded file as it was accepted. They never change.</summary>
[GenerateSerializer, Immutable, Alias("chitti.file-metadata")]
public sealed record FileMetadata
{
    /// <summary>File name from the client, without any path.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Size in bytes.</summary>
    [Id(1)] public required long Size { get; init; }

    /// <summary>SHA-256 of the bytes, lower-case hexadecimal.</summary>
    [Id(2)] public required string Sha256 { get; init; }

    /// <summary>For example <c>image/jpeg</c>; detected from the bytes, not taken from the client.</summary>
    [Id(3)] public required string MediaType { get; init; }

    /// <summary>Pixels, after EXIF orientation.</summary>
    [Id(4)] public required int Width { get; init; }

    /// <summary>Pixels, after EXIF orientation.</summary>
    [Id(5)] public required int Height { get; init; }

    /// <summary>Key of the bytes in the object store.</summary>
    [Id(6)] public required string ObjectKey { get; init; }

    /// <summary>The profile version to judge by.</summary>
    [Id(7)] public required ProfileReference Profile { get; init; }

    /// <summary>Serial or other id of the part, as the client gave it.</summary>
    [Id(8)] public string? PartId { get; init; }

    /// <summary>The batch the file was filed under, as the client gave it.</summary>
    [Id(9)] public string? BatchId { get; init; }

    /// <summary>When the upload was accepted, UTC, whole milliseconds.</summary>
    [Id(10)] public required DateTimeOffset CreatedAt { get; init; }
}
