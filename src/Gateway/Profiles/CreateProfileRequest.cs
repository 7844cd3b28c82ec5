namespace Chitti.Gateway;

/// <summary>A profile to create, with its first version.</summary>
internal sealed record CreateProfileRequest : ProfileRequest
{
    public required string Id { get; init; }
}
