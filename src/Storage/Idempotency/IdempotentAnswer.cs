namespace Chitti.Storage;

/// <summary>The answer to store under an idempotency key, in the transaction that accepts the files.</summary>
/// <param name="Scope">Caller and route.</param>
/// <param name="Key">The client's key, 1..200 characters.</param>
/// <param name="Owner">Owner of the claim. The answer is stored only while the owner has it.</param>
/// <param name="Fingerprint">Fingerprint of the body.</param>
/// <param name="Answer">The answer, in the caller's own format.</param>
public sealed record IdempotentAnswer(string Scope, string Key, string Owner, string Fingerprint, string Answer);
