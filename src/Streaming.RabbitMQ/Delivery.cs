using RabbitMQ.Client;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>A received message that is not acknowledged yet.</summary>
internal sealed class Delivery(RabbitMqReceiver receiver, string messageId, IReadOnlyBasicProperties properties, byte[] body)
{
    public RabbitMqReceiver Receiver => receiver;

    /// <summary>Unique among the unacknowledged messages of its receiver.</summary>
    public string MessageId { get; set; } = messageId;

    public IReadOnlyBasicProperties Properties => properties;

    public byte[] Body => body;

    /// <summary>Position in the receiver's order.</summary>
    public long Sequence { get; set; }

    /// <summary>Channel of the last delivery. The tag is valid on this channel only.</summary>
    public required IChannel Channel { get; set; }

    public required ulong Tag { get; set; }

    /// <summary>Whether a consumer took the message.</summary>
    public bool Taken { get; set; }

    /// <summary>Records the failure of this delivery; shared by all consumers that fail on it.</summary>
    public Task<bool>? Recording { get; set; }

    /// <summary>Whether the message is being written to the dead-letter queue. It stays unacknowledged until that is done.</summary>
    public bool GivenUp { get; set; }

    /// <summary>Whether only the acknowledgement is missing.</summary>
    public bool Settled { get; set; }

    /// <summary>Timestamp of the first exception of the outage that holds the message; null while none does.</summary>
    public long? HeldSince { get; set; }
}
