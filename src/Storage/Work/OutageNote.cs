namespace Chitti.Storage;

/// <summary>How long an entry has been waiting for the end of outages.</summary>
/// <param name="Since">The first of them, UTC.</param>
/// <param name="Stuck">Whether a person should look.</param>
/// <param name="BecameStuck">Whether it became stuck with this call.</param>
public sealed record OutageNote(DateTimeOffset Since, bool Stuck, bool BecameStuck);
