using System.Collections.Concurrent;
using Chitti.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chitti.Grains;

/// <summary>
/// Notes in the ledger what the broker has confirmed, many entries in one statement, and only those whose work has not begun
/// in the meantime: beginning notes it too, so that an idle system writes nothing here. A note that a crash loses means
/// only that the work is published twice.
/// </summary>
internal sealed partial class PublicationNotes(IWorkLedger ledger, TimeProvider time, ILogger<PublicationNotes> logger) : BackgroundService
{
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _confirmed = new();

    /// <summary>The broker has confirmed this work.</summary>
    public void Add(Guid id) => _confirmed[id] = time.GetUtcNow();

    /// <summary>The work has begun: there is nothing to note.</summary>
    public void Forget(Guid id) => _confirmed.TryRemove(id, out _);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await NoteAsync([.. _confirmed], cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_delay, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var before = time.GetUtcNow() - _delay;
                await NoteAsync([.. _confirmed.Where(note => note.Value <= before)], stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rest is noted as the host stops.
        }
    }

    private async Task NoteAsync(List<KeyValuePair<Guid, DateTimeOffset>> notes, CancellationToken cancellationToken)
    {
        if (notes.Count == 0)
        {
            return;
        }

        notes.ForEach(note => _confirmed.TryRemove(note));
        try
        {
            await ledger.MarkPublishedAsync([.. notes.Select(note => note.Key)], cancellationToken);
        }
        catch (Exception exception)
        {
            LogNotNoted(logger, exception, notes.Count);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The publication of {Count} pieces of work could not be noted; they may be published again")]
    private static partial void LogNotNoted(ILogger logger, Exception exception, int count);
}
