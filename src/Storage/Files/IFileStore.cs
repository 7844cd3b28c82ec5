using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>
/// The files. A file's row is its state: acceptance and completion are one transaction each, together with the file's
/// entry in the work ledger.
/// </summary>
/// <remarks>
/// Every call may throw <see cref="OutageException"/>: the database is unavailable, full or read-only. A write that throws
/// it may have been done. <see cref="OperationCanceledException"/> when cancelled.
/// </remarks>
public interface IFileStore
{
    /// <summary>
    /// Accepts files, all or none, in one transaction: the rows as <c>queued</c>, their ledger entries as unpublished, and
    /// the answer to keep under the idempotency key. When the task ends, they survive a power cut. Rows that exist stay as they are.
    /// </summary>
    /// <param name="files">At least one.</param>
    /// <param name="answer">The answer and the claim it belongs to; null where the client gave no key.</param>
    /// <param name="cancellationToken">Heeded before anything is written; from then on the acceptance runs to its end.</param>
    /// <returns>False when the idempotency key was claimed by another call in the meantime; nothing is stored then.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no files.</exception>
    Task<bool> AcceptAsync(
        IReadOnlyList<(Guid Id, FileMetadata Metadata)> files, IdempotentAnswer? answer, CancellationToken cancellationToken = default);

    /// <summary>Of these ids, those that are files.</summary>
    Task<IReadOnlySet<Guid>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>One file with its inspection; null when there is none.</summary>
    Task<FileSnapshot?> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Those of the files that exist, with their inspections, in no order.</summary>
    /// <param name="ids">1..1,000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<FileSnapshot>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>Files without their inspections, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="FileQuery.Limit"/> is not 1..1,000.</exception>
    Task<IReadOnlyList<FileSnapshot>> ListAsync(FileQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a lease on a file's work and counts an attempt, in one statement. A file that a dead letter ended as failed is
    /// queued again by this.
    /// </summary>
    /// <param name="id">The file.</param>
    /// <param name="holder">Unique name of the lease.</param>
    /// <param name="duration">How long the lease holds unless renewed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Begun<FileSnapshot>> BeginAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>
    /// Completes a file with its inspection and removes its ledger entry, in one transaction. The first inspection stays.
    /// </summary>
    /// <returns>False when the file is gone, had ended before, or has another inspection: read it again.</returns>
    Task<bool> CompleteAsync(Inspection inspection, CancellationToken cancellationToken = default);

    /// <summary>Ends a queued file as failed and removes its ledger entry, in one transaction.</summary>
    /// <param name="id">The file.</param>
    /// <param name="error">Why, for people.</param>
    /// <param name="failedAt">UTC.</param>
    /// <param name="deadLetter">True to keep the ledger entry, so that a message replayed from the dead letters puts the file back to work.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the file is gone or had ended before.</returns>
    Task<bool> FailAsync(Guid id, string error, DateTimeOffset failedAt, bool deadLetter, CancellationToken cancellationToken = default);

    /// <summary>Removes a file's row and its ledger entry; its inspection stays.</summary>
    Task DeleteAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Of these object keys, those that no file owns. A file owns its object and every object in the same folder.</summary>
    Task<IReadOnlyList<string>> FindUnownedAsync(IReadOnlyCollection<string> objectKeys, CancellationToken cancellationToken = default);
}
