namespace Chitti.Domain;

/// <summary>One version of a profile.</summary>
/// <param name="Id">The profile's id.</param>
/// <param name="Version">From 1.</param>
[GenerateSerializer, Immutable, Alias("chitti.profile-reference")]
public sealed record ProfileReference(
    [property: Id(0)] string Id,
    [property: Id(1)] int Version);
