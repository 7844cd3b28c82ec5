namespace Chitti.Storage;

/// <summary>
/// Accepted, unfinished work: one entry per file or report from its acceptance to its end, with the attempts, the lease,
/// and whether the broker has it. The only place where attempts are counted. Throws as <see cref="IFileStore"/>.
/// </summary>
/// <remarks>
/// An entry is due when nobody is known to bring it forward: it was accepted and not confirmed by the broker within
/// <see cref="PublishPatience"/>, its lease ended without a result, a failed attempt is to be repeated, or it was
/// confirmed more than <see cref="MessagePatience"/> ago and never begun. Times are the store's own; an entry that lies
/// further ahead than any rule puts it (the clock was set back) is due too.
/// </remarks>
public interface IWorkLedger
{
    /// <summary>How long the acceptor of work has to get it confirmed by the broker before recovery publishes it.</summary>
    static readonly TimeSpan PublishPatience = TimeSpan.FromSeconds(30);

    /// <summary>How long a confirmed message may wait on the broker before it counts as lost and is published again.</summary>
    static readonly TimeSpan MessagePatience = TimeSpan.FromHours(6);

    /// <summary>Renews a lease.</summary>
    /// <returns>False when the holder has it no more.</returns>
    Task<bool> RenewAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Ends a lease after a failed attempt: the attempt stays counted, and the entry is due at once.</summary>
    /// <returns>False when the holder has the lease no more.</returns>
    Task<bool> RecordFailureAsync(Guid id, string holder, string error, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a lease because of an outage: the attempt is not counted. From the first such call on the time is kept; once it
    /// exceeds the limit the entry is marked as stuck, until it ends or an attempt fails.
    /// </summary>
    /// <param name="id">The entry.</param>
    /// <param name="holder">Holder of the lease.</param>
    /// <param name="reason">What is unavailable, for people.</param>
    /// <param name="stuckAfter">How long outages are waited out before the entry is stuck.</param>
    /// <param name="retryAfter">When recovery publishes the entry again; null where its message is still on the broker.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Since when the entry has been waiting out outages, by the store's clock, and whether it is stuck; null when the holder has the lease no more.</returns>
    Task<OutageNote?> RecordOutageAsync(
        Guid id, string holder, string reason, TimeSpan stuckAfter, TimeSpan? retryAfter, CancellationToken cancellationToken = default);

    /// <summary>Gives a lease back without having worked: the attempt is not counted, and the entry is due at once.</summary>
    Task ReleaseAsync(Guid id, string holder, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes due entries up for publishing: each is due again after <see cref="PublishPatience"/> unless
    /// <see cref="MarkPublishedAsync"/> comes first, and a lease that ran out is cleared.
    /// </summary>
    /// <returns>Those that were still due, in no order.</returns>
    Task<IReadOnlyList<Guid>> BeginPublishingAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>
    /// Notes that the broker has confirmed these entries. Counts only for those that wait for just that: a note that comes
    /// late, after an attempt has begun or the entry has become due again, changes nothing.
    /// </summary>
    Task MarkPublishedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>Makes the published, unleased entries of one partition due: its stream has lost messages.</summary>
    /// <param name="kind">Kind of work.</param>
    /// <param name="partition">0-based: the last byte of the id modulo the number of partitions.</param>
    /// <param name="partitions">Number of partitions.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task PutBackAsync(WorkKind kind, int partition, int partitions, CancellationToken cancellationToken = default);

    /// <summary>Entries that are due, those due longest first.</summary>
    /// <param name="kind">Kind of work.</param>
    /// <param name="limit">How many at most, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Guid>> ListDueAsync(WorkKind kind, int limit, CancellationToken cancellationToken = default);

    /// <summary>One entry, for people and tests; null when there is none.</summary>
    Task<WorkEntry?> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>How many entries are stuck.</summary>
    Task<int> CountStuckAsync(CancellationToken cancellationToken = default);
}
