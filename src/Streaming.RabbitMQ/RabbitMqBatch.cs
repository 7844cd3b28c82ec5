using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>Events published together: the body of one message.</summary>
[GenerateSerializer, Immutable, Alias("Orleans.Streaming.RabbitMQ.Batch")]
internal sealed class RabbitMqBatch : IBatchContainer
{
    [Id(0)]
    public StreamId StreamId { get; init; }

    [Id(1)]
    public required List<object> Events { get; init; }

    [Id(2)]
    public Dictionary<string, object>? RequestContext { get; init; }

    /// <summary>Position in the receiver's order; set when the message is received.</summary>
    [Id(3)]
    public EventSequenceTokenV2 Token { get; set; } = new(0);

    /// <summary>The received message, in the process that received it.</summary>
    [field: NonSerialized]
    public Delivery? Delivery { get; set; }

    public StreamSequenceToken SequenceToken => Token;

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => Events.OfType<T>()
        .Select((item, number) => Tuple.Create<T, StreamSequenceToken>(item, Token.CreateSequenceTokenForEvent(number)));

    public bool ImportRequestContext()
    {
        if (RequestContext is null)
        {
            return false;
        }

        RequestContextExtensions.Import(RequestContext);
        return true;
    }
}
