namespace Chitti.Storage;

/// <summary>The newest version of a profile in the catalog.</summary>
/// <param name="Id">Profile id.</param>
/// <param name="Version">Newest version.</param>
/// <param name="Document">The version as JSON, written and read by the caller.</param>
/// <param name="UpdatedAt">When the version was stored, UTC.</param>
public sealed record ProfileRow(string Id, int Version, string Document, DateTimeOffset UpdatedAt);
