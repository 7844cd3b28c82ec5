using Microsoft.Extensions.Logging;

namespace Orleans.Streaming.RabbitMQ;

/// <content>Log messages.</content>
internal sealed partial class RabbitMqReceiver
{
    [LoggerMessage(LogLevel.Information, "Consuming the queue {Queue}")]
    private static partial void LogConsuming(ILogger logger, string queue);

    [LoggerMessage(LogLevel.Warning, "The queue {Queue} is not consumed; trying again: {Reason}")]
    private static partial void LogNotConsumed(ILogger logger, string queue, string reason);
}
