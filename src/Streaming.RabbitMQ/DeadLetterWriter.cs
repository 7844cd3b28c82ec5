using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// Turns the messages that a receiver gives up into dead letters. For each, in this order: the dead letter is published and confirmed,
/// the application's observer is told, the original is acknowledged. Each step is retried until it succeeds or the receiver stops; a
/// message that is not through by then is redelivered to the next owner of the queue.
/// </summary>
internal sealed partial class DeadLetterWriter(
    string queue,
    RabbitMqPublisher publisher,
    RabbitMqStreamOptions options,
    UnacknowledgedMessages messages,
    OutageWatch outages,
    IDeadLetterObserver? observer,
    RabbitMqStreamMetrics metrics,
    ILogger logger)
{
    // Bounded by the prefetch: the originals are not acknowledged.
    private readonly Channel<GivenUp> _givenUp = Channel.CreateUnbounded<GivenUp>(new() { SingleReader = true });

    public void Add(Delivery delivery, BasicProperties properties, Exception? exception)
    {
        delivery.GivenUp = true;
        _givenUp.Writer.TryWrite(new(delivery, properties, exception));
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        // The observer must not run in the turns of the pulling agent, which started the receiver.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await foreach (var message in _givenUp.Reader.ReadAllAsync(stopping))
            {
                await WriteAsync(message, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The broker redelivers what is left.
        }
    }

    private async Task WriteAsync(GivenUp message, CancellationToken stopping)
    {
        var (delivery, properties, exception) = message;
        var retries = RabbitMqConnection.Retries(options, error => outages.Hold(delivery, error));
        await retries.ExecuteAsync(async _ => await publisher.PublishAsync(options.DeadLetterQueue, properties, delivery.Body), stopping);
        var letter = DeadLetter.Read(properties, delivery.Body.Length);
        metrics.DeadLettered(queue);
        LogDeadLettered(logger, delivery.MessageId, queue, letter.Attempts, letter.Reason, exception);
        if (observer is not null)
        {
            await retries.ExecuteAsync(async token => await observer.OnDeadLetterAsync(letter, token), stopping);
        }

        outages.Release(delivery);
        await messages.SettleAsync(delivery);
    }

    [LoggerMessage(LogLevel.Error, "Message {MessageId} of queue {Queue} is a dead letter after {Attempts} failed attempts: {Reason}")]
    private static partial void LogDeadLettered(ILogger logger, string messageId, string queue, int attempts, string reason, Exception? exception);

    private readonly record struct GivenUp(Delivery Delivery, BasicProperties Properties, Exception? Exception);
}
