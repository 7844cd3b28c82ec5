namespace Chitti.Gateway;

/// <summary>A new version of a profile.</summary>
internal sealed record AddVersionRequest : ProfileRequest
{
    /// <summary>The profile's id as in the path; may be left out.</summary>
    public string? Id { get; init; }
}
