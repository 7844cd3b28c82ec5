using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Orleans.Concurrency;

namespace Chitti.Grains;

[GrainType("work-outbox")]
[StatelessWorker]
[Reentrant]
internal sealed class WorkOutboxGrain(WorkPublisher publisher, PublicationRecorder publications) : Grain, IWorkOutboxGrain
{
    public Task PublishFilesAsync(Immutable<Guid[]> ids, CancellationToken cancellationToken) =>
        Task.WhenAll(ids.Value.Select(id => PublishAsync(WorkKind.File, id)));

    public Task PublishReportAsync(Guid id, CancellationToken cancellationToken) => PublishAsync(WorkKind.Report, id);

    private async Task PublishAsync(WorkKind kind, Guid id)
    {
        if (await publisher.TryPublishAsync(kind, id))
        {
            publications.Add(id);
        }
    }
}
