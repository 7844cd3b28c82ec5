using Chitti.Grains.Abstractions;
using Chitti.ServiceDefaults;
using Microsoft.Extensions.Options;
using Orleans.Streaming.RabbitMQ;

namespace Chitti.Silo;

/// <summary>
/// Looks for letters that the broker made by itself (delivery limit, expiry, length), of which the provider hears nothing,
/// and has them recorded. A letter stays in its queue for people.
/// </summary>
internal sealed partial class DeadLetterCollector(
    DeadLetterRecorder recorder, IOptions<RabbitMqOptions> broker, IOptionsMonitor<RabbitMqStreamOptions> streams, TimeProvider time, ILogger<DeadLetterCollector> logger)
    : BackgroundService
{
    // Every look counts as a delivery of each letter; see RabbitMqDeadLetters.
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _recorded = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, time);
        try
        {
            do
            {
                try
                {
                    await CollectAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(logger, exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the next one looks again.
        }
    }

    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        await using var letters = await RabbitMqDeadLetters.OpenAsync(
            broker.Value.Uri!, streams.Get(WorkStreams.Provider).DeadLetterQueue, cancellationToken);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await letters.ConsumeAsync(
            async (letter, token) =>
            {
                seen.Add(letter.Id);
                if (!_recorded.Contains(letter.Id))
                {
                    await recorder.OnDeadLetterAsync(letter, token);

                    // Only now: what an outage kept from being recorded is recorded at the next look.
                    _recorded.Add(letter.Id);
                }

                return DeadLetterAction.Keep;
            },
            cancellationToken);

        // What was replayed or removed may come again.
        _recorded.IntersectWith(seen);
    }

    [LoggerMessage(LogLevel.Warning, "The dead letters could not be looked through; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
