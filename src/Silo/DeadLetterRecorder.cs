using Chitti.Grains.Abstractions;
using Orleans.Streaming.RabbitMQ;

namespace Chitti.Silo;

/// <summary>
/// Ends in the ledger what the broker gives up on: the file or report of a dead letter becomes failed, with the reason. The
/// letter stays where it is; replaying it puts the work back.
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

        var reason = $"The message broker gave it up after {letter.Attempts} failed deliveries: {letter.Reason}";
        foreach (var id in ids)
        {
            await (letter.StreamNamespace == WorkStreams.ReportGeneration
                ? grains.GetGrain<IReportGrain>(id).FailAsDeadLetterAsync(reason, cancellationToken)
                : grains.GetGrain<IFileGrain>(id).FailAsDeadLetterAsync(reason, cancellationToken));
        }
    }

    [LoggerMessage(LogLevel.Error, "Dead letter {MessageId} of queue {Queue} names no file or report ({Reason}); its work is published again when it counts as lost")]
    private static partial void LogUnknown(ILogger logger, string messageId, string queue, string reason);
}
