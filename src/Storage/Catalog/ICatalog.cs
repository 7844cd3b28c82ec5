namespace Chitti.Storage;

/// <summary>
/// The read model: lists, searches and what recovery must find. Grains own the state; every write here may be repeated.
/// </summary>
/// <remarks>
/// Every call may throw <see cref="System.Data.Common.DbException"/> when the database is full (see <see cref="StorageFull"/>),
/// busy for longer than it is waited for, or can't be used, and <see cref="OperationCanceledException"/> when it is cancelled.
/// A write that throws may have been done.
/// </remarks>
public interface ICatalog
{
    /// <summary>Inserts files as <c>queued</c> and not yet published, all or none, and in the same transaction the answer to their upload. A file that is there stays as it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no files.</exception>
    Task AddFilesAsync(IReadOnlyList<FileRow> files, IdempotentAnswer? answer, CancellationToken cancellationToken = default);

    /// <summary>One file; null when there is none.</summary>
    Task<FileRow?> GetFileAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Files, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="FileQuery.Limit"/> is not 1..1,000.</exception>
    Task<IReadOnlyList<FileRow>> ListFilesAsync(FileQuery query, CancellationToken cancellationToken = default);

    /// <summary>Completes a file and stores its inspection, in one transaction. A file that has one keeps it.</summary>
    Task CompleteFileAsync(InspectionRow inspection, DateTimeOffset completedAt, CancellationToken cancellationToken = default);

    /// <summary>Ends a queued file as failed.</summary>
    Task FailFileAsync(Guid id, string error, DateTimeOffset failedAt, CancellationToken cancellationToken = default);

    /// <summary>Removes a file's row; its inspection stays.</summary>
    Task DeleteFileAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>One inspection's JSON; null when there is none.</summary>
    Task<string?> GetInspectionAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Notes that the stream has confirmed these pieces of work (files and reports).</summary>
    Task MarkPublishedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>Forgets one confirmation, after the stream gave the piece of work up.</summary>
    Task MarkUnpublishedAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Forgets every confirmation of unfinished work, when the stream did not survive a restart.</summary>
    Task MarkAllUnpublishedAsync(CancellationToken cancellationToken = default);

    /// <summary>Unfinished, unconfirmed files accepted before a time, oldest first.</summary>
    /// <param name="acceptedBefore">UTC; the time itself is not included.</param>
    /// <param name="limit">How many at most, 1 or more; not checked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Guid>> ListUnpublishedFilesAsync(DateTimeOffset acceptedBefore, int limit, CancellationToken cancellationToken = default);

    /// <summary>Unfinished, unconfirmed reports asked for before a time, oldest first.</summary>
    /// <param name="requestedBefore">UTC; the time itself is not included.</param>
    /// <param name="limit">How many at most, 1 or more; not checked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Guid>> ListUnpublishedReportsAsync(DateTimeOffset requestedBefore, int limit, CancellationToken cancellationToken = default);

    /// <summary>Inserts a report as <c>queued</c>; one that is there stays.</summary>
    Task AddReportAsync(Guid id, DateTimeOffset createdAt, CancellationToken cancellationToken = default);

    /// <summary>Ends a report as <c>ready</c> or <c>failed</c>.</summary>
    Task EndReportAsync(Guid id, string state, DateTimeOffset endedAt, CancellationToken cancellationToken = default);

    /// <summary>Stores a profile's version unless a newer one is stored.</summary>
    Task UpsertProfileAsync(ProfileRow profile, CancellationToken cancellationToken = default);

    /// <summary>Newest version of each profile, by id.</summary>
    /// <param name="afterId">Only ids after this one, in ordinal order; null for all.</param>
    /// <param name="limit">How many at most, 1 or more; not checked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ProfileRow>> ListProfilesAsync(string? afterId, int limit, CancellationToken cancellationToken = default);

    /// <summary>Of these object keys, those that no file owns. A file owns its object and what lies in the same folder.</summary>
    Task<IReadOnlyList<string>> FindUnownedAsync(IReadOnlyCollection<string> objectKeys, CancellationToken cancellationToken = default);

    /// <summary>Tries to make an idempotency key the caller's. Keys older than <paramref name="expiredBefore"/> are forgotten.</summary>
    Task<IdempotencyClaim> ClaimAsync(string scope, string key, DateTimeOffset now, DateTimeOffset expiredBefore, CancellationToken cancellationToken = default);

    /// <summary>Gives a claimed key back, with the answer where one was stored before the attempt failed after all.</summary>
    Task ReleaseAsync(string scope, string key, CancellationToken cancellationToken = default);

    /// <summary>Gives back the claims of a process that died.</summary>
    Task ReleaseAllAsync(CancellationToken cancellationToken = default);

    /// <summary>When the task ends, every write that ended before the call survives a power cut. Calls at the same time share one sync.</summary>
    /// <exception cref="IOException">The sync failed, or one did before: what is stored is unknown until a restart.</exception>
    Task FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>Throws when the database can't be read and written.</summary>
    /// <exception cref="IOException">A sync failed: what is stored is unknown until a restart.</exception>
    Task CheckAsync(CancellationToken cancellationToken = default);
}
