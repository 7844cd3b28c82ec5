namespace Chitti.Storage;

/// <summary>Result of claiming an idempotency key.</summary>
/// <param name="State">State of the key.</param>
/// <param name="Fingerprint">Fingerprint of the first call's body, once answered.</param>
/// <param name="Answer">Answer to the first call, once answered.</param>
public sealed record IdempotencyClaim(IdempotencyState State, string? Fingerprint, string? Answer);
