using Chitti.Domain;

namespace Chitti.Grains;

/// <summary>All versions of a profile, oldest first. Append-only.</summary>
internal sealed record ProfileState
{
    public IReadOnlyList<ProfileVersion> Versions { get; init; } = [];
}
