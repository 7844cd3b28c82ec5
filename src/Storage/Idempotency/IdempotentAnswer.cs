namespace Chitti.Storage;

/// <summary>The answer to keep under an idempotency key, together with what it says was accepted.</summary>
/// <param name="Scope">Caller and route.</param>
/// <param name="Key">The client's key, 1..200 characters.</param>
/// <param name="Owner">Owner of the claim; the answer is stored only while the claim is theirs.</param>
/// <param name="Fingerprint">Of the body.</param>
/// <param name="Answer">The answer, written and read by the caller.</param>
public sealed record IdempotentAnswer(string Scope, string Key, string Owner, string Fingerprint, string Answer);
