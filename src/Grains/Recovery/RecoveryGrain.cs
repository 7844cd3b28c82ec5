using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.Logging;

namespace Chitti.Grains;

/// <summary>
/// Looks every few seconds for accepted work that its stream has not confirmed, and publishes it. A reminder wakes the
/// grain, so that it lives as long as the cluster does.
/// </summary>
[GrainType("recovery")]
internal sealed partial class RecoveryGrain(
    ICatalog catalog, OrphanSweeper sweeper, TimeProvider time, ILogger<RecoveryGrain> logger) : Grain, IRecoveryGrain, IRemindable
{
    private const string Reminder = "recover";
    private const int PageSize = 500;
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(5);

    // An upload is in the catalog a moment before it is on the stream; only what has waited longer was interrupted.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private bool _swept;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(LookAsync, new() { DueTime = TimeSpan.Zero, Period = _interval, KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task StartAsync(CancellationToken cancellationToken) =>
        await this.RegisterOrUpdateReminder(Reminder, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), cancellationToken);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    public async Task<int> RecoverAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - _patience;
        var files = await ResumeAsync(
            limit => catalog.ListUnpublishedFilesAsync(before, limit, cancellationToken),
            id => GrainFactory.GetGrain<IFileGrain>(id).ResumeAsync(cancellationToken),
            cancellationToken);
        var reports = await ResumeAsync(
            limit => catalog.ListUnpublishedReportsAsync(before, limit, cancellationToken),
            id => GrainFactory.GetGrain<IReportGrain>(id).ResumeAsync(cancellationToken),
            cancellationToken);
        if (files + reports > 0)
        {
            LogRecovered(logger, files, reports);
        }

        return files + reports;
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RecoverAsync(cancellationToken);
            if (!_swept)
            {
                await sweeper.SweepAsync(cancellationToken);
                _swept = true;
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, exception);
        }
    }

    private async Task<int> ResumeAsync(
        Func<int, Task<IReadOnlyList<Guid>>> list, Func<Guid, Task<bool>> resume, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var ids = await list(PageSize);
            var outcomes = await Task.WhenAll(ids.Select(id => TryAsync(id, resume, cancellationToken)));
            List<Guid> published = [.. outcomes.Where(outcome => outcome.Published == true).Select(outcome => outcome.Id)];
            await catalog.MarkPublishedAsync(published, cancellationToken);
            total += published.Count;

            // What stays on the list is tried again at the next look, not in a circle.
            if (ids.Count < PageSize || published.Count == 0 || outcomes.Any(outcome => outcome.Published is null))
            {
                return total;
            }
        }
    }

    private async Task<(Guid Id, bool? Published)> TryAsync(Guid id, Func<Guid, Task<bool>> resume, CancellationToken cancellationToken)
    {
        try
        {
            return (id, await resume(id));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogResumeFailed(logger, exception, id);
            return (id, null);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Work {Id} could not be put back; it is tried again")]
    private static partial void LogResumeFailed(ILogger logger, Exception exception, Guid id);

    [LoggerMessage(LogLevel.Information, "Put {Files} files and {Reports} reports back to work")]
    private static partial void LogRecovered(ILogger logger, int files, int reports);

    [LoggerMessage(LogLevel.Error, "Looking for unfinished work failed; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
