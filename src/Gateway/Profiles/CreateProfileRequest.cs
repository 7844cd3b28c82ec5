using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>A profile to create, with its first version.</summary>
internal sealed record CreateProfileRequest : ComponentProfile
{
    public required string Id { get; init; }
}
