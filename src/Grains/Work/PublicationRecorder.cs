using System.Collections.Concurrent;
using Chitti.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chitti.Grains;

/// <summary>
/// Records in the ledger, in batches, which work the broker has confirmed. Beginning work records the same, so work that began
/// before its batch is skipped; while workers keep up, nothing is written. If a crash loses a record, the work is
/// published twice.
/// </summary>
internal sealed partial class PublicationRecorder(IWorkLedger ledger, TimeProvider time, ILogger<PublicationRecorder> logger) : BackgroundService
{
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _confirmed = new();

    /// <summary>The broker has confirmed this work.</summary>
    public void Add(Guid id) => _confirmed[id] = time.GetUtcNow();

    /// <summary>The work has begun, so there is nothing to record.</summary>
    public void Forget(Guid id) => _confirmed.TryRemove(id, out _);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await RecordAsync([.. _confirmed], cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_delay, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var before = time.GetUtcNow() - _delay;
                await RecordAsync([.. _confirmed.Where(confirmed => confirmed.Value <= before)], stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync records the rest.
        }
    }

    private async Task RecordAsync(List<KeyValuePair<Guid, DateTimeOffset>> confirmed, CancellationToken cancellationToken)
    {
        if (confirmed.Count == 0)
        {
            return;
        }

        confirmed.ForEach(entry => _confirmed.TryRemove(entry));
        try
        {
            await ledger.MarkPublishedAsync([.. confirmed.Select(entry => entry.Key)], cancellationToken);
        }
        catch (Exception exception)
        {
            LogNotRecorded(logger, exception, confirmed.Count);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The publication of {Count} work items could not be recorded; they may be published again")]
    private static partial void LogNotRecorded(ILogger logger, Exception exception, int count);
}
