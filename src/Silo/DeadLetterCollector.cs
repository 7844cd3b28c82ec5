using Chitti.Grains.Abstractions;
using Chitti.ServiceDefaults;
using Microsoft.Extensions.Options;
using Orleans.Streaming.RabbitMQ;

namespace Chitti.Silo;

/// <summary>
/// Records the dead letters that the broker makes by itself (delivery limit, expiry, queue length), because the stream provider
/// is not told of them. The letters stay in their queue for an operator.
/// </summary>
internal sealed partial class DeadLetterCollector(
    DeadLetterRecorder recorder, IOptions<RabbitMqOptions> broker, IOptionsMonitor<RabbitMqStreamOptions> streams, TimeProvider time, ILogger<DeadLetterCollector> logger)
    : BackgroundService
{
    // Not often, because every pass counts as a delivery of each letter; see RabbitMqDeadLetters.
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
            // The host stops; another silo or the next start makes the next pass.
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

                    // After recording, so that a letter that an outage interrupts is recorded in the next pass.
                    _recorded.Add(letter.Id);
                }

                return DeadLetterAction.Keep;
            },
            cancellationToken);

        // A letter that is no longer in the queue may return after a replay.
        _recorded.IntersectWith(seen);
    }

    [LoggerMessage(LogLevel.Warning, "The dead letters could not be collected; it will be retried")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
