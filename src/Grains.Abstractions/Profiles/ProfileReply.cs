using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>Result of storing a profile.</summary>
/// <param name="Version">The stored version; null when it was refused.</param>
/// <param name="Errors">Messages by field, if the profile is not valid.</param>
/// <param name="Conflict">True when the profile already exists (create), or it or its reference does not exist (any other change).</param>
[GenerateSerializer, Immutable, Alias("chitti.profile-reply")]
public sealed record ProfileReply(
    [property: Id(0)] ProfileVersion? Version,
    [property: Id(1)] IReadOnlyDictionary<string, string[]> Errors,
    [property: Id(2)] bool Conflict);
