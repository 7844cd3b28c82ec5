using RabbitMQ.Client;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>A message that was received and is not yet acknowledged.</summary>
internal sealed class Delivery(RabbitMqReceiver receiver, string messageId, IReadOnlyBasicProperties properties, byte[] body)
{
    public RabbitMqReceiver Receiver => receiver;

    public string MessageId => messageId;

    public IReadOnlyBasicProperties Properties => properties;

    public byte[] Body => body;

    /// <summary>Its place in the receiver's order.</summary>
    public long Sequence { get; set; }

    /// <summary>Whether a consumer took it.</summary>
    public bool Taken { get; set; }

    /// <summary>Whether all that has to be done is done: only the acknowledgement is missing.</summary>
    public bool Settled { get; set; }

    /// <summary>Channel that it came by last; a tag means something there only.</summary>
    public required IChannel Channel { get; set; }

    public required ulong Tag { get; set; }
}
