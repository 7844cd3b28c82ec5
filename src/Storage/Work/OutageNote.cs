namespace Chitti.Storage;

/// <summary>How long an entry has been waiting for an outage to end.</summary>
/// <param name="Since">When the waiting began, UTC by the store's clock.</param>
/// <param name="Stuck">Whether it has waited for longer than allowed, so that an operator should look.</param>
/// <param name="BecameStuck">Whether it became stuck in this call.</param>
public sealed record OutageNote(DateTimeOffset Since, bool Stuck, bool BecameStuck);
