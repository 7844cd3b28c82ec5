namespace Chitti.Grains.Abstractions;

/// <summary>The object key of a rendition, or why there is none.</summary>
/// <param name="ObjectKey">Key in the object store; null when there is none.</param>
/// <param name="Detail">Why there is none, for display.</param>
/// <param name="Refusal">Why there is none; null when there is one.</param>
/// <param name="Tag">What the rendition is of, see <see cref="RenditionTag"/>; null when there is none.</param>
[GenerateSerializer, Immutable, Alias("chitti.rendition-reply")]
public sealed record RenditionReply(
    [property: Id(0)] string? ObjectKey,
    [property: Id(1)] string? Detail,
    [property: Id(2)] RenditionRefusal? Refusal,
    [property: Id(3)] string? Tag)
{
    /// <summary>The reply with a rendition.</summary>
    public static RenditionReply Of(string objectKey, string tag) => new(objectKey, null, null, tag);

    /// <summary>The reply without one.</summary>
    public static RenditionReply Refused(RenditionRefusal refusal, string? detail) => new(null, detail, refusal, null);
}
