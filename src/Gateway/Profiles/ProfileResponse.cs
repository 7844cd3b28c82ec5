using System.Diagnostics.CodeAnalysis;
using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>One version of a profile.</summary>
internal sealed record ProfileResponse : ComponentProfile
{
    [SetsRequiredMembers]
    private ProfileResponse(ProfileVersion version)
        : base(version.Profile)
    {
        Id = version.Reference.Id;
        Version = version.Reference.Version;
        CreatedAt = version.CreatedAt;
    }

    public required string Id { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal static ProfileResponse From(ProfileVersion version) => new(version);
}
