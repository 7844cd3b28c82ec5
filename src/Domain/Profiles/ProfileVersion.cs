namespace Chitti.Domain;

/// <summary>One stored version of a profile.</summary>
[GenerateSerializer, Immutable, Alias("chitti.profile-version")]
public sealed record ProfileVersion
{
    /// <summary>Which profile and version.</summary>
    [Id(0)] public required ProfileReference Reference { get; init; }

    /// <summary>When the version was stored, UTC.</summary>
    [Id(1)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its content.</summary>
    [Id(2)] public required ComponentProfile Profile { get; init; }
}
