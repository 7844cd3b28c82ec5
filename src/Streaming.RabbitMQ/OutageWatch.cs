using Microsoft.Extensions.Logging;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>Logs which messages an outage holds: one warning when it starts to hold a message, one when it is over.</summary>
internal sealed partial class OutageWatch(string queue, TimeProvider time, ILogger logger)
{
    public void Hold(Delivery delivery, Exception exception)
    {
        if (delivery.HeldSince is null)
        {
            delivery.HeldSince = time.GetTimestamp();
            LogHeld(logger, delivery.MessageId, queue, exception);
        }
    }

    public void Release(Delivery delivery)
    {
        if (delivery.HeldSince is { } since)
        {
            delivery.HeldSince = null;
            LogReleased(logger, delivery.MessageId, queue, time.GetElapsedTime(since));
        }
    }

    [LoggerMessage(LogLevel.Warning, "An outage holds message {MessageId} of queue {Queue}; it is retried until the outage is over")]
    private static partial void LogHeld(ILogger logger, string messageId, string queue, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The outage that held message {MessageId} of queue {Queue} is over after {Duration}")]
    private static partial void LogReleased(ILogger logger, string messageId, string queue, TimeSpan duration);
}
