namespace Chitti.Storage;

/// <summary>What became of an attempt to claim an idempotency key.</summary>
/// <param name="State">Whether the caller may go on.</param>
/// <param name="Fingerprint">Of the first call's body, once answered.</param>
/// <param name="Answer">The first call's answer, once answered.</param>
public sealed record IdempotencyClaim(IdempotencyState State, string? Fingerprint, string? Answer);
