using Chitti.Domain;

namespace Chitti.Grains;

/// <summary>Every version of a profile, oldest first. Versions are only ever added.</summary>
internal sealed record ProfileState
{
    public IReadOnlyList<ProfileVersion> Versions { get; init; } = [];
}
