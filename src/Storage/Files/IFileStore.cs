using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>
/// The files. A file's row is its state. Acceptance and completion are one transaction each, which includes the file's entry
/// in the work ledger.
/// </summary>
/// <remarks>
/// Every call may throw <see cref="OutageException"/> (the database is unavailable, full or read-only) and
/// <see cref="OperationCanceledException"/>. A write that throws <see cref="OutageException"/> may have taken effect.
/// </remarks>
public interface IFileStore
{
    /// <summary>
    /// Accepts all files or none, in one transaction: rows as <c>queued</c>, ledger entries as unpublished, and the answer under
    /// the idempotency key. When the task completes, they survive a power cut. Existing rows are not changed.
    /// </summary>
    /// <param name="files">At least one.</param>
    /// <param name="answer">The answer and its claim; null when the client sent no key.</param>
    /// <param name="cancellationToken">Has no effect once writing has begun.</param>
    /// <returns>False when another call took the claim on the idempotency key; then nothing is stored.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no files.</exception>
    Task<bool> AcceptAsync(
        IReadOnlyList<(Guid Id, FileMetadata Metadata)> files, IdempotentAnswer? answer, CancellationToken cancellationToken = default);

    /// <summary>Those of the ids that exist. When the task completes, those found survive a power cut.</summary>
    Task<IReadOnlySet<Guid>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>A file with its inspection; null when it does not exist or was deleted.</summary>
    Task<FileSnapshot?> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Those of the files that exist or were deleted, with their inspections, in no particular order.</summary>
    /// <param name="ids">1..1,000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<FileSnapshot>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>Files without their inspections, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="FileQuery.Limit"/> is not 1..1,000.</exception>
    Task<IReadOnlyList<FileSnapshot>> ListAsync(FileQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the lease on a file and counts an attempt, in one transaction. A file that failed because of a dead letter becomes
    /// queued again.
    /// </summary>
    /// <param name="id">The file.</param>
    /// <param name="holder">Unique name of the lease.</param>
    /// <param name="duration">How long the lease holds unless renewed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Begun<FileSnapshot>> BeginAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>
    /// Completes a file with its inspection and removes its ledger entry, in one transaction. If it already has an inspection, that one stays.
    /// </summary>
    /// <returns>False when the file is gone, had already ended, or has another inspection; then read it again.</returns>
    Task<bool> CompleteAsync(Inspection inspection, CancellationToken cancellationToken = default);

    /// <summary>Ends a queued file as failed and removes its ledger entry, in one transaction.</summary>
    /// <param name="id">The file.</param>
    /// <param name="error">The reason, for display.</param>
    /// <param name="failedAt">Time of the failure, UTC.</param>
    /// <param name="deadLetter">True to keep the ledger entry, so that replaying the dead letter queues the file again.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the file is gone or had already ended.</returns>
    Task<bool> FailAsync(Guid id, string error, DateTimeOffset failedAt, bool deadLetter, CancellationToken cancellationToken = default);

    /// <summary>
    /// Marks a file as deleted, removes its ledger entry, and records that its objects must be deleted, in one transaction. Its row
    /// and its inspection stay. Durable when the task completes; only then may the objects be deleted.
    /// </summary>
    /// <param name="id">The file. Nothing happens if it does not exist or was deleted before.</param>
    /// <param name="by">Who deletes it.</param>
    /// <param name="cancellationToken">Has no effect once writing has begun.</param>
    Task DeleteAsync(Guid id, string by, CancellationToken cancellationToken = default);

    /// <summary>Deleted files whose objects may still exist.</summary>
    /// <param name="limit">Maximum number of files, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<(Guid Id, string ObjectKey)>> ListDeletedAsync(int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes the records of deleted files after their objects were deleted.</summary>
    Task ForgetDeletedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>
    /// Those of the object keys that no file owns, neither one that exists nor one of <see cref="ListDeletedAsync"/>. A file owns
    /// all objects in the folder of its original.
    /// </summary>
    Task<IReadOnlyList<string>> FindUnownedAsync(IReadOnlyCollection<string> objectKeys, CancellationToken cancellationToken = default);
}
