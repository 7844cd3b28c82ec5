namespace Orleans.Streaming.RabbitMQ;

/// <summary>What becomes of a dead letter that was looked at.</summary>
public enum DeadLetterAction
{
    /// <summary>It stays in the dead-letter queue.</summary>
    Keep,

    /// <summary>It is removed from the dead-letter queue for good.</summary>
    Remove,
}
