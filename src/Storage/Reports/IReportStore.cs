using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>The reports. A report's row is its state. Throws as <see cref="IFileStore"/>.</summary>
public interface IReportStore
{
    /// <summary>Stores a request as <c>queued</c> with its ledger entry, in one transaction; a report that exists stays as it is. When the task ends, it survives a power cut. Cancelled, it has stored nothing.</summary>
    Task AddAsync(Guid id, ReportRequest request, DateTimeOffset createdAt, CancellationToken cancellationToken = default);

    /// <summary>One report with its request; null when there is none.</summary>
    Task<ReportRecord?> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="IFileStore.BeginAsync"/>.</summary>
    Task<Begun<ReportRecord>> BeginAsync(Guid id, string holder, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Ends a queued report as <c>ready</c> and removes its ledger entry, in one transaction.</summary>
    /// <returns>False when it had ended before.</returns>
    Task<bool> CompleteAsync(Guid id, string objectKey, DateTimeOffset completedAt, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="IFileStore.FailAsync"/>.</summary>
    Task<bool> FailAsync(Guid id, string error, DateTimeOffset failedAt, bool deadLetter, CancellationToken cancellationToken = default);
}
