using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Orleans.Streams.Core;
using Polly;

namespace Chitti.Grains;

/// <summary>
/// A delivery only takes the lease and starts the production, which goes on after the delivery has returned. The broker does
/// not wait for the document.
/// </summary>
[GrainType("report")]
[ImplicitStreamSubscription(WorkStreams.ReportGeneration)]
internal sealed partial class ReportGrain(
    IReportStore reports,
    IWorkLedger ledger,
    ReportProducer producer,
    PublicationRecorder publications,
    IOptions<WorkOptions> options,
    TimeProvider time,
    ILogger<ReportGrain> logger)
    : Grain, IReportGrain, IStreamSubscriptionObserver, IAsyncObserver<ReportRequested>, IDisposable
{
    private static readonly TimeSpan _pauseAfterOutage = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private Task _production = Task.CompletedTask;
    private ReportRecord? _report;

    private Guid Id => this.GetPrimaryKey();

    private WorkOptions Work => options.Value;

    public async Task<ReportSnapshot> RequestAsync(ReportRequest request, CancellationToken cancellationToken)
    {
        if (request.FileIds.Count is 0 or > ReportRequest.MaxFiles)
        {
            throw new ArgumentException($"A report must have 1..{ReportRequest.MaxFiles} files, not {request.FileIds.Count}.", nameof(request));
        }

        await reports.AddAsync(Id, request, time.GetUtcNow(), CancellationToken.None);
        var report = await FindAsync(cancellationToken);
        if (report!.Status == ReportStatus.Queued)
        {
            await GrainFactory.GetGrain<IWorkOutboxGrain>(0).PublishReportAsync(Id, CancellationToken.None);
        }

        return Snapshot(report);
    }

    public async Task<ReportSnapshot?> GetAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) is { } report ? Snapshot(report) : null;

    public Task FailAsDeadLetterAsync(string reason, CancellationToken cancellationToken) => FailAsync(reason, deadLetter: true);

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        await handleFactory.Create<ReportRequested>().ResumeAsync(this);

    public async Task OnNextAsync(ReportRequested item, StreamSequenceToken? token = null)
    {
        if (!_production.IsCompleted)
        {
            return;
        }

        var holder = Guid.NewGuid().ToString("N");
        var begun = await reports.BeginAsync(Id, holder, Work.LeaseDuration);
        publications.Forget(Id);
        _report = begun.Item ?? _report;
        switch (begun)
        {
            case { Outcome: BeginOutcome.Leased } when begun.Attempt > Work.MaxAttempts:
                await FailAsync(
                    $"{Work.MaxAttempts} attempts ended without a document, the last with: {begun.LastError ?? "the process ended during the attempt"}",
                    deadLetter: false);
                break;
            case { Outcome: BeginOutcome.Leased, Item: { } report }:
                _production = ProduceAsync(report, holder);
                break;
        }
    }

    /// <summary>Makes the report due in the ledger again, because it was published but never begun.</summary>
    public async Task OnErrorAsync(Exception ex)
    {
        LogStreamError(logger, ex, Id);
        if (_production.IsCompleted)
        {
            await ledger.PutBackAsync(WorkKind.Report, WorkPublisher.PartitionOf(Id, 256), 256);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _production.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Runs in turns of this grain, with the slow parts on the thread pool. Never throws, because no caller awaits its task.</summary>
    private async Task ProduceAsync(ReportRecord report, string holder)
    {
        // The timer also keeps the activation alive.
        using var renewing = this.RegisterGrainTimer(
            cancellationToken => RenewAsync(holder, cancellationToken),
            new() { DueTime = Work.LeaseDuration / 3, Period = Work.LeaseDuration / 3, KeepAlive = true, Interleave = true });
        try
        {
            await RecordAsync(report, holder, await TryProduceAsync(report));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            await ReleaseAsync(holder);
        }
        catch (Exception exception)
        {
            // The lease expires, and recovery publishes the report again.
            LogNotRecorded(logger, exception, Id);
        }
    }

    private async Task<Produced> TryProduceAsync(ReportRecord report)
    {
        try
        {
            var (key, error) = await producer.ProduceAsync(Id, report.Request, _stopping.Token);
            return new(key, error, null);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            return new(null, null, exception);
        }
    }

    private async Task RecordAsync(ReportRecord report, string holder, Produced produced)
    {
        // Only the result is left to record, so outages are waited out here instead of repeating the work.
        var retries = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new()
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } exception && OutageRule.IsOutage(exception)),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = _pauseAfterOutage,
        }).Build();
        await retries.ExecuteAsync(
            async _ =>
            {
                switch (produced)
                {
                    case { ObjectKey: { } key }:
                        var now = time.GetUtcNow();
                        var completed = await reports.CompleteAsync(Id, key, now, CancellationToken.None);
                        _report = completed ? report with { Status = ReportStatus.Ready, ObjectKey = key, CompletedAt = now } : null;
                        break;
                    case { Error: { } error }:
                        await FailAsync(error, deadLetter: false);
                        break;
                    case { Exception: { } exception } when OutageRule.IsOutage(exception):
                        LogOutage(logger, Id, exception.Message);
                        await RecordOutageAsync(holder, exception.Message);
                        break;
                    case { Exception: { } exception }:
                        LogAttemptFailed(logger, exception, Id);
                        await ledger.RecordFailureAsync(Id, holder, $"{exception.GetType().Name}: {exception.Message}", CancellationToken.None);
                        break;
                }
            },
            _stopping.Token);
    }

    private async Task RecordOutageAsync(string holder, string reason)
    {
        if (await ledger.RecordOutageAsync(Id, holder, reason, Work.StuckAfter, _pauseAfterOutage) is { BecameStuck: true } note)
        {
            LogStuck(logger, Id, note.Since, reason);
        }
    }

    private async Task RenewAsync(string holder, CancellationToken cancellationToken)
    {
        try
        {
            await ledger.RenewAsync(Id, holder, Work.LeaseDuration, cancellationToken);
        }
        catch (Exception exception) when (OutageRule.IsOutage(exception))
        {
            LogNotRenewed(logger, exception, Id);
        }
    }

    private async Task ReleaseAsync(string holder)
    {
        try
        {
            await ledger.ReleaseAsync(Id, holder, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotRecorded(logger, exception, Id);
        }
    }

    private async Task FailAsync(string reason, bool deadLetter)
    {
        await reports.FailAsync(Id, reason, time.GetUtcNow(), deadLetter, CancellationToken.None);
        LogFailed(logger, Id, reason);
        _report = null;
    }

    private async ValueTask<ReportRecord?> FindAsync(CancellationToken cancellationToken)
    {
        if (_report is null)
        {
            var read = await reports.GetAsync(Id, cancellationToken);

            // If written during this read, the result may be older.
            _report ??= read;
        }

        return _report;
    }

    private static ReportSnapshot Snapshot(ReportRecord report) => new()
    {
        Id = report.Id,
        Format = report.Request.Format,
        Status = report.Status,
        Error = report.Error,
        ObjectKey = report.ObjectKey,
        CreatedAt = report.CreatedAt,
        CompletedAt = report.CompletedAt,
        FileCount = report.Request.FileIds.Count,
    };

    /// <summary>Result of an attempt: a document, the reason why there can be none, or the exception that ended it.</summary>
    private readonly record struct Produced(string? ObjectKey, string? Error, Exception? Exception);
}
