using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Chitti.Grains;

[GrainType("report")]
[ImplicitStreamSubscription(WorkStreams.ReportGeneration)]
internal sealed partial class ReportGrain(
    [PersistentState("report", StateStorage.Name)] IPersistentState<ReportState> state,
    ICatalog catalog,
    ReportProducer producer,
    WorkPublisher publisher,
    TimeProvider time,
    ILogger<ReportGrain> logger)
    : Grain, IReportGrain, IStreamSubscriptionObserver, IAsyncObserver<ReportRequested>
{
    // What is stored. Reading interleaves with writing, and must not show what the write may yet fail to keep.
    private ReportState _stored = new();

    private Guid Id => this.GetPrimaryKey();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stored = state.State;
        return Task.CompletedTask;
    }

    public async Task<ReportSnapshot> RequestAsync(ReportRequest request, CancellationToken cancellationToken)
    {
        if (request.FileIds.Count is 0 or > ReportRequest.MaxFiles)
        {
            throw new ArgumentException($"A report is over 1..{ReportRequest.MaxFiles} files, not over {request.FileIds.Count}.", nameof(request));
        }

        if (state.State.Request is null)
        {
            var now = time.GetUtcNow();
            await catalog.AddReportAsync(Id, now, cancellationToken);
            await WriteAsync(new ReportState { Request = request, CreatedAt = now });
        }

        if (state.State.Status == ReportStatus.Queued)
        {
            await publisher.TryPublishAsync(this, new ReportRequested(Id));
        }

        return Snapshot()!;
    }

    public Task<ReportSnapshot?> GetAsync(CancellationToken cancellationToken) => Task.FromResult(Snapshot());

    public async Task<bool> ResumeAsync(CancellationToken cancellationToken)
    {
        if (state.State is { Request: not null, Status: ReportStatus.Queued })
        {
            await publisher.PublishAsync(this, new ReportRequested(Id));
            return true;
        }

        // Without a request the process died before the report was accepted; nobody was told of it.
        await catalog.EndReportAsync(
            Id, ApiJson.Word(state.State.Request is null ? ReportStatus.Failed : state.State.Status),
            state.State.CompletedAt ?? time.GetUtcNow(), cancellationToken);
        return false;
    }

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        await handleFactory.Create<ReportRequested>().ResumeAsync(this);

    public async Task OnNextAsync(ReportRequested item, StreamSequenceToken? token = null)
    {
        if (state.State is not { Request: { } request, Status: ReportStatus.Queued } current)
        {
            // Delivered again, perhaps because the catalog was down when the report ended.
            await EndInCatalogAsync();
            return;
        }

        // Outages throw and are tried again by the stream; the producer's own faults are values.
        var produced = await producer.ProduceAsync(Id, request, GrainFactory, CancellationToken.None);
        var ended = current with
        {
            Status = produced.ObjectKey is null ? ReportStatus.Failed : ReportStatus.Ready,
            ObjectKey = produced.ObjectKey,
            Error = produced.Error,
            CompletedAt = time.GetUtcNow(),
        };
        await WriteAsync(ended);
        await EndInCatalogAsync();
    }

    public Task OnErrorAsync(Exception ex)
    {
        LogStreamError(logger, ex, Id);
        return Task.CompletedTask;
    }

    private Task EndInCatalogAsync() => state.State.CompletedAt is { } endedAt
        ? catalog.EndReportAsync(Id, ApiJson.Word(state.State.Status), endedAt, CancellationToken.None)
        : Task.CompletedTask;

    private async Task WriteAsync(ReportState next)
    {
        state.State = next;
        try
        {
            await state.WriteStateAsync(CancellationToken.None);
            _stored = next;
        }
        catch
        {
            // What is in memory is not what is stored: the next call must read again.
            DeactivateOnIdle();
            throw;
        }
    }

    private ReportSnapshot? Snapshot() => _stored.Request is not { } request ? null : new()
    {
        Id = Id,
        Format = request.Format,
        Status = _stored.Status,
        Error = _stored.Error,
        ObjectKey = _stored.ObjectKey,
        CreatedAt = _stored.CreatedAt,
        CompletedAt = _stored.CompletedAt,
        FileCount = request.FileIds.Count,
    };

    [LoggerMessage(LogLevel.Error, "The stream of report {ReportId} reports an error")]
    private static partial void LogStreamError(ILogger logger, Exception exception, Guid reportId);
}
