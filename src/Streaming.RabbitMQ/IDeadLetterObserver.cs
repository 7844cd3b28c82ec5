namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// Is told of each message that the provider makes a dead letter: after the last failed attempt, or because its body can't be read.
/// Register it in the silo's services, keyed with the name of the provider or, for all providers, without a key.
/// </summary>
/// <remarks>
/// It is not told of messages that the broker dead-letters by itself (delivery limit, expiry, queue length); see
/// <see cref="RabbitMqDeadLetters.ConsumeAsync"/>.
/// </remarks>
public interface IDeadLetterObserver
{
    /// <summary>
    /// Called at least once per dead letter, when the letter is in its queue and before the original message is acknowledged. While
    /// this throws, it is called again with growing pauses, the original stays unacknowledged, and later dead letters of the same queue
    /// wait; an observer should therefore throw for outages only. If the silo stops in between, the original is redelivered and tried
    /// once more; if it fails again, there is a second letter with the same <see cref="DeadLetter.Id"/>. The observer is not called in
    /// the turn of a grain.
    /// </summary>
    /// <param name="letter">The dead letter.</param>
    /// <param name="cancellationToken">Cancelled when the silo stops or gives the queue away.</param>
    Task OnDeadLetterAsync(DeadLetter letter, CancellationToken cancellationToken);
}
