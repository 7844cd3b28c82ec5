using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>What became of a profile that was to be stored.</summary>
/// <param name="Version">The stored version; null when it was refused.</param>
/// <param name="Errors">Field to messages, when the profile is not valid.</param>
/// <param name="Conflict">True when the id is taken (create) or unknown (add a version).</param>
[GenerateSerializer, Immutable, Alias("chitti.profile-reply")]
public sealed record ProfileReply(
    [property: Id(0)] ProfileVersion? Version,
    [property: Id(1)] IReadOnlyDictionary<string, string[]> Errors,
    [property: Id(2)] bool Conflict);
