namespace Chitti.Storage;

/// <summary>
/// Idempotency keys. A claim is a lease with an owner: a call renews it while it runs, and the key is free when the lease
/// expires. <see cref="IFileStore.AcceptAsync"/> stores the answer. Throws like <see cref="IFileStore"/>.
/// </summary>
public interface IIdempotencyStore
{
    /// <summary>Claims a key, unless it has an answer or another owner's lease on it holds. A returned answer is durable, with the files it lists.</summary>
    /// <param name="scope">Caller and route.</param>
    /// <param name="key">The client's key, 1..200 characters.</param>
    /// <param name="owner">Unique to the call.</param>
    /// <param name="lease">How long the claim holds unless renewed.</param>
    /// <param name="lifetime">How long answers are kept; older ones are deleted.</param>
    /// <param name="cancellationToken">Cancels. If the claim was inserted nevertheless, the key is free when the lease expires.</param>
    Task<IdempotencyClaim> ClaimAsync(
        string scope, string key, string owner, TimeSpan lease, TimeSpan lifetime, CancellationToken cancellationToken = default);

    /// <summary>Renews a claim.</summary>
    /// <returns>False when the owner no longer has the claim.</returns>
    Task<bool> RenewAsync(string scope, string key, string owner, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Releases the owner's claim if it has no answer; otherwise does nothing.</summary>
    Task ReleaseAsync(string scope, string key, string owner, CancellationToken cancellationToken = default);
}
