namespace Chitti.Storage;

/// <summary>
/// Accepted, unfinished work: one entry per file or report from its acceptance to its end, with the attempts, the lease and
/// whether it is published. Attempts are counted only here. Throws like <see cref="IFileStore"/>.
/// </summary>
/// <remarks>
/// An entry is due for publishing when it was accepted but not confirmed by the broker within <see cref="PublishPatience"/>,
/// when its lease expired, when an attempt failed, or when it was confirmed more than <see cref="MessagePatience"/> ago and
/// never begun. Times are by the store's clock. If that clock was set back, entries that are further in the future than any
/// rule puts them are due too.
/// </remarks>
public interface IWorkLedger
{
    /// <summary>How long recovery waits after acceptance for the broker's confirmation before it publishes the work.</summary>
    static readonly TimeSpan PublishPatience = TimeSpan.FromSeconds(30);

    /// <summary>How long a confirmed message may wait in the broker before it counts as lost and is published again.</summary>
    static readonly TimeSpan MessagePatience = TimeSpan.FromHours(6);

    /// <summary>Renews a lease.</summary>
    /// <returns>False when the holder no longer has the lease.</returns>
    Task<bool> RenewAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Ends a lease after a failed attempt: the attempt stays counted, and the entry is due at once.</summary>
    /// <returns>False when the holder no longer has the lease.</returns>
    Task<bool> RecordFailureAsync(Guid id, string holder, string error, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a lease because of an outage: the attempt is not counted. The time since the first such call is kept; when it exceeds
    /// the limit, the entry is marked as stuck until it ends or an attempt fails.
    /// </summary>
    /// <param name="id">The entry.</param>
    /// <param name="holder">Holder of the lease.</param>
    /// <param name="reason">What is unavailable, for display.</param>
    /// <param name="stuckAfter">How long the entry waits for an outage to end before it is stuck.</param>
    /// <param name="retryAfter">After what time recovery publishes the entry again; null if its message is still in the broker.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Since when the entry has been waiting, and whether it is stuck; null when the holder no longer has the lease.</returns>
    Task<OutageNote?> RecordOutageAsync(
        Guid id, string holder, string reason, TimeSpan stuckAfter, TimeSpan? retryAfter, CancellationToken cancellationToken = default);

    /// <summary>Releases a lease without a result: the attempt is not counted, and the entry is due at once.</summary>
    Task ReleaseAsync(Guid id, string holder, CancellationToken cancellationToken = default);

    /// <summary>
    /// Marks due entries as being published: an entry is due again after <see cref="PublishPatience"/>, unless
    /// <see cref="MarkPublishedAsync"/> is called before. Clears expired leases.
    /// </summary>
    /// <returns>Those that were still due, in no particular order.</returns>
    Task<IReadOnlyList<Guid>> BeginPublishingAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records that the broker has confirmed these entries. Only changes entries that wait for the confirmation: it does nothing
    /// for one whose attempt has begun or that has become due again in the meantime.
    /// </summary>
    Task MarkPublishedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>Makes the published, unleased entries of a partition due, because its stream lost messages.</summary>
    /// <param name="kind">Kind of work.</param>
    /// <param name="partition">From 0: the last byte of the id modulo the number of partitions.</param>
    /// <param name="partitions">Number of partitions.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task PutBackAsync(WorkKind kind, int partition, int partitions, CancellationToken cancellationToken = default);

    /// <summary>Entries that are due, the longest due first.</summary>
    /// <param name="kind">Kind of work.</param>
    /// <param name="limit">Maximum number of entries, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Guid>> ListDueAsync(WorkKind kind, int limit, CancellationToken cancellationToken = default);

    /// <summary>An entry; null when it does not exist.</summary>
    Task<WorkEntry?> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Number of stuck entries.</summary>
    Task<int> CountStuckAsync(CancellationToken cancellationToken = default);

    /// <summary>How many entries of a kind are unfinished; dead letters have ended.</summary>
    /// <param name="kind">Kind of work.</param>
    /// <param name="limit">Where counting stops, at least 1: more are counted as so many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<int> CountUnfinishedAsync(WorkKind kind, int limit, CancellationToken cancellationToken = default);
}
