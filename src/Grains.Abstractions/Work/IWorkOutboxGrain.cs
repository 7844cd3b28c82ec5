using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// Publishes committed work to its stream and records the broker's confirmation in the work ledger. Calls are one-way, so the
/// caller does not wait for the broker. If a call is lost or fails, the work becomes due in the ledger and recovery
/// publishes it. Key: 0.
/// </summary>
[Alias("chitti.work-outbox-grain")]
public interface IWorkOutboxGrain : IGrainWithIntegerKey
{
    /// <summary>Publishes files for inspection.</summary>
    [Alias("publish-files"), OneWay]
    Task PublishFilesAsync(Immutable<Guid[]> ids, CancellationToken cancellationToken = default);

    /// <summary>Publishes a report for production.</summary>
    [Alias("publish-report"), OneWay]
    Task PublishReportAsync(Guid id, CancellationToken cancellationToken = default);
}
