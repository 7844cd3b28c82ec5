namespace Chitti.Storage;

/// <summary>Stored in both the database and its object store, so that a mismatched or older copy of either is noticed.</summary>
/// <param name="Database">Id of the database, created with its schema.</param>
/// <param name="Generation">Increased at every start, stop and sweep of orphans, first in the database; 0 before the first start.</param>
public sealed record Pairing(Guid Database, long Generation);
