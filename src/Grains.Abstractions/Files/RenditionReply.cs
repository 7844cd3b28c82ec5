namespace Chitti.Grains.Abstractions;

/// <summary>Where a rendition lies, or why there is none.</summary>
/// <param name="ObjectKey">Key in the object store; null when there is none.</param>
/// <param name="Detail">Why there is none, for people.</param>
[GenerateSerializer, Immutable, Alias("chitti.rendition-reply")]
public sealed record RenditionReply(
    [property: Id(0)] string? ObjectKey,
    [property: Id(1)] string? Detail);
