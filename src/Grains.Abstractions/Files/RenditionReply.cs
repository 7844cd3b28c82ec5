namespace Chitti.Grains.Abstractions;

/// <summary>Where a rendition lies, or why there is none.</summary>
/// <param name="ObjectKey">Key in the object store; null when there is none.</param>
/// <param name="Detail">Why there is none, for people.</param>
/// <param name="Fault">Why there is none; null when there is one.</param>
[GenerateSerializer, Immutable, Alias("chitti.rendition-reply")]
public sealed record RenditionReply(
    [property: Id(0)] string? ObjectKey,
    [property: Id(1)] string? Detail,
    [property: Id(2)] RenditionFault? Fault)
{
    /// <summary>There is one.</summary>
    public static RenditionReply Of(string objectKey) => new(objectKey, null, null);

    /// <summary>There is none.</summary>
    public static RenditionReply Refused(RenditionFault fault, string? detail) => new(null, detail, fault);
}
