namespace Chitti.Gateway;

/// <summary>A version to add to a profile.</summary>
internal sealed record AddVersionRequest : ProfileFields;
