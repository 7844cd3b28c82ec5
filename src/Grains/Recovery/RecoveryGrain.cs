using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.Logging;

namespace Chitti.Grains;

/// <summary>
/// Publishes work that is due in the ledger: accepted, unfinished, and neither on the broker nor leased. A timer checks every
/// few seconds, and a reminder reactivates the grain after its silo has stopped.
/// </summary>
[GrainType("recovery")]
internal sealed partial class RecoveryGrain(
    IWorkLedger ledger, WorkPublisher publisher, OrphanSweeper sweeper, TimeProvider time, ILogger<RecoveryGrain> logger)
    : Grain, IRecoveryGrain, IRemindable
{
    private const string Reminder = "recover";
    private const int PageSize = 500;
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _sweepInterval = TimeSpan.FromHours(1);

    private DateTimeOffset? _sweptAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(TickAsync, new() { DueTime = TimeSpan.Zero, Period = _interval, KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task StartAsync(CancellationToken cancellationToken) =>
        await this.RegisterOrUpdateReminder(Reminder, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), cancellationToken);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    public async Task<int> RecoverAsync(CancellationToken cancellationToken)
    {
        var files = await RecoverAsync(WorkKind.File, cancellationToken);
        var reports = await RecoverAsync(WorkKind.Report, cancellationToken);
        WorkMetrics.SetStuck(await ledger.CountStuckAsync(cancellationToken));
        if (files + reports > 0)
        {
            LogRecovered(logger, files, reports);
        }

        return files + reports;
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RecoverAsync(cancellationToken);
            var now = time.GetUtcNow();
            if (_sweptAt is not { } before || now - before >= _sweepInterval || now < before)
            {
                // Before the sweep: one that fails is not repeated with each tick.
                _sweptAt = now;
                await sweeper.SweepAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, exception);
        }
    }

    private async Task<int> RecoverAsync(WorkKind kind, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var due = await ledger.ListDueAsync(kind, PageSize, cancellationToken);
            if (due.Count == 0)
            {
                return total;
            }

            var taken = await ledger.BeginPublishingAsync(due, cancellationToken);
            var confirmed = await Task.WhenAll(taken.Select(id => publisher.TryPublishAsync(kind, id)));
            List<Guid> published = [.. taken.Where((_, index) => confirmed[index])];
            await ledger.MarkPublishedAsync(published, cancellationToken);
            total += published.Count;

            // Less than a page that could be taken and confirmed: the rest, if any, waits for the next tick.
            if (published.Count < PageSize)
            {
                return total;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Published {Files} files and {Reports} reports again")]
    private static partial void LogRecovered(ILogger logger, int files, int reports);

    [LoggerMessage(LogLevel.Error, "Recovery failed; it will be retried")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
