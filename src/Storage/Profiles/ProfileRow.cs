namespace Chitti.Storage;

/// <summary>The newest version of a profile.</summary>
/// <param name="Id">Profile id.</param>
/// <param name="Version">Newest version.</param>
/// <param name="Document">The version as JSON, in the caller's own format.</param>
/// <param name="UpdatedAt">When the version was stored, UTC.</param>
public sealed record ProfileRow(string Id, int Version, string Document, DateTimeOffset UpdatedAt);
