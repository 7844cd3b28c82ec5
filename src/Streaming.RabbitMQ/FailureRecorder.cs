using Microsoft.Extensions.Logging;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// Records the failures of a queue's messages in their headers: a failed message goes to the end of its queue with one more failure,
/// or to the dead letters.
/// </summary>
internal sealed partial class FailureRecorder(
    string queue,
    RabbitMqPublisher publisher,
    RabbitMqStreamOptions options,
    UnacknowledgedMessages messages,
    DeadLetterWriter deadLetters,
    OutageWatch outages,
    RabbitMqStreamMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    private readonly Lock _lock = new();

    /// <summary>Records a failure. When several consumers fail on one delivery, it is one failure.</summary>
    /// <returns>False when the broker did not confirm the record; the failure then does not count.</returns>
    public Task<bool> RecordAsync(Delivery delivery, string reason, Exception? exception)
    {
        lock (_lock)
        {
            return delivery.Recording is { IsCompleted: false } or { IsCompletedSuccessfully: true, Result: true }
                ? delivery.Recording
                : delivery.Recording = RecordOnceAsync(delivery, reason, exception);
        }
    }

    private async Task<bool> RecordOnceAsync(Delivery delivery, string reason, Exception? exception)
    {
        var attempts = MessageHeaders.Number(delivery.Properties, MessageHeaders.Attempts) + 1;
        var properties = MessageHeaders.WithFailure(delivery.Properties, queue, attempts, reason, time.GetUtcNow());
        if (attempts >= options.MaxAttempts)
        {
            metrics.Failed(queue);
            outages.Release(delivery);
            deadLetters.Add(delivery, properties, exception);
            return true;
        }

        try
        {
            await publisher.PublishAsync(queue, properties, delivery.Body);
        }
        catch (RabbitMqUnavailableException unavailable)
        {
            LogNotRecorded(logger, delivery.MessageId, queue, unavailable);
            outages.Hold(delivery, unavailable);
            return false;
        }

        metrics.Failed(queue);
        LogFailed(logger, delivery.MessageId, queue, attempts, options.MaxAttempts, reason, exception);
        outages.Release(delivery);
        await messages.SettleAsync(delivery);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "A failure of message {MessageId} of queue {Queue} could not be recorded and does not count")]
    private static partial void LogNotRecorded(ILogger logger, string messageId, string queue, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} of queue {Queue} failed (attempt {Attempt} of {MaxAttempts}) and goes to the end of the queue: {Reason}")]
    private static partial void LogFailed(ILogger logger, string messageId, string queue, int attempt, int maxAttempts, string reason, Exception? exception);
}
