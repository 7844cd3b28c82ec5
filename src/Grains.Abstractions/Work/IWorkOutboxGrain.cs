using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// Publishes accepted work to its stream and notes the broker's confirmation in the work ledger. Calls are one-way: the
/// caller has committed the work and waits for nothing; what is lost or fails here is due in the ledger, and recovery
/// publishes it. Key: 0.
/// </summary>
[Alias("chitti.work-outbox-grain")]
public interface IWorkOutboxGrain : IGrainWithIntegerKey
{
    /// <summary>Publishes files for inspection.</summary>
    [Alias("publish-files"), OneWay]
    Task PublishFilesAsync(Immutable<Guid[]> ids, CancellationToken cancellationToken = default);

    /// <summary>Publishes a report to be written.</summary>
    [Alias("publish-report"), OneWay]
    Task PublishReportAsync(Guid id, CancellationToken cancellationToken = default);
}
