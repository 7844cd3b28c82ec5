namespace Chitti.Storage;

/// <summary>
/// Idempotency keys. A claim is a lease with an owner: a call renews it while it runs, and it is free when it was not
/// renewed in time. The answer is stored by <see cref="IFileStore.AcceptAsync"/>. Throws as <see cref="IFileStore"/>.
/// </summary>
public interface IIdempotencyStore
{
    /// <summary>Claims a key unless it is answered or another owner's lease on it holds.</summary>
    /// <param name="scope">Caller and route.</param>
    /// <param name="key">The client's key, 1..200 characters.</param>
    /// <param name="owner">Unique to the call.</param>
    /// <param name="lease">How long the claim holds unless renewed.</param>
    /// <param name="lifetime">How long answers are kept; older ones are forgotten.</param>
    /// <param name="cancellationToken">Cancels; a claim that was inserted all the same is free when its lease ends.</param>
    Task<IdempotencyClaim> ClaimAsync(
        string scope, string key, string owner, TimeSpan lease, TimeSpan lifetime, CancellationToken cancellationToken = default);

    /// <summary>Renews a claim.</summary>
    /// <returns>False when the owner has it no more.</returns>
    Task<bool> RenewAsync(string scope, string key, string owner, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Frees a key that is the owner's and has no answer; does nothing otherwise.</summary>
    Task ReleaseAsync(string scope, string key, string owner, CancellationToken cancellationToken = default);
}
