using Chitti.Grains.Abstractions;
using Orleans.Streaming.RabbitMQ;

namespace Chitti.Silo;

/// <summary>
/// Ends the file or report of a dead letter as failed, with the reason. The letter stays in its queue; replaying it queues the
/// work again.
/// </summary>
internal sealed partial class DeadLetterRecorder(IGrainFactory grains, ILogger<DeadLetterRecorder> logger) : IDeadLetterObserver
{
    public async Task OnDeadLetterAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var ids = letter.EventIds.Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).OfType<Guid>().ToList();
        if (ids.Count == 0)
        {
            LogUnknown(logger, letter.Id, letter.Queue, letter.Reason);
            return;
        }

        var reason = $"The message became a dead letter after {letter.Attempts} failed deliveries: {letter.Reason}";
        foreach (var id in ids)
        {
            await (letter.StreamNamespace == WorkStreams.ReportGeneration
                ? grains.GetGrain<IReportGrain>(id).FailAsDeadLetterAsync(reason, cancellationToken)
                : grains.GetGrain<IFileGrain>(id).FailAsDeadLetterAsync(reason, cancellationToken));
        }
    }

    [LoggerMessage(LogLevel.Error, "Dead letter {MessageId} of queue {Queue} names no file or report ({Reason}); its work is published again when the message counts as lost")]
    private static partial void LogUnknown(ILogger logger, string messageId, string queue, string reason);
}
