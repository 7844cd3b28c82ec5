using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>The reports. A report's row is its state. Throws like <see cref="IFileStore"/>.</summary>
public interface IReportStore
{
    /// <summary>
    /// Stores a request as <c>queued</c> with its ledger entry, in one transaction. An existing report is not changed. When the
    /// task completes, the request survives a power cut; when it is cancelled, nothing is stored.
    /// </summary>
    Task AddAsync(Guid id, ReportRequest request, DateTimeOffset createdAt, CancellationToken cancellationToken = default);

    /// <summary>A report with its request; null when it does not exist.</summary>
    Task<ReportRecord?> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Like <see cref="IFileStore.BeginAsync"/>.</summary>
    Task<Begun<ReportRecord>> BeginAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Ends a queued report as <c>ready</c> and removes its ledger entry, in one transaction.</summary>
    /// <returns>False when it had already ended.</returns>
    Task<bool> CompleteAsync(Guid id, string objectKey, DateTimeOffset completedAt, CancellationToken cancellationToken = default);

    /// <summary>Like <see cref="IFileStore.FailAsync"/>.</summary>
    Task<bool> FailAsync(Guid id, string error, DateTimeOffset failedAt, bool deadLetter, CancellationToken cancellationToken = default);
}
