using Orleans.Configuration;
using Orleans.Streams;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>Maps each namespace to queues of its own, and each stream to one queue of its namespace.</summary>
internal sealed class NamespaceQueueMapper : IConsistentRingStreamQueueMapper
{
    private readonly Dictionary<string, HashRingBasedStreamQueueMapper> _mappers;
    private readonly QueueId[] _queues;

    public NamespaceQueueMapper(RabbitMqStreamOptions options)
    {
        _mappers = options.Namespaces.ToDictionary(
            name => name,
            name => new HashRingBasedStreamQueueMapper(new HashRingStreamQueueMapperOptions { TotalQueueCount = options.QueuesPerNamespace }, name));
        _queues = [.. _mappers.Values.SelectMany(mapper => mapper.GetAllQueues())];
    }

    public static string NameOf(QueueId queue) => $"{queue.GetStringNamePrefix()}-{queue.GetNumericId()}";

    public IEnumerable<QueueId> GetAllQueues() => _queues;

    /// <exception cref="InvalidOperationException">The provider does not carry the namespace of the stream.</exception>
    public QueueId GetQueueForStream(StreamId streamId) =>
        streamId.GetNamespace() is { } name && _mappers.TryGetValue(name, out var mapper)
            ? mapper.GetQueueForStream(streamId)
            : throw new InvalidOperationException(
                $"The stream '{streamId}' has no queue: the provider carries the namespaces {string.Join(", ", _mappers.Keys)} only.");

    public IEnumerable<QueueId> GetQueuesForRange(IRingRange range) =>
        _mappers.Values.SelectMany(mapper => mapper.GetQueuesForRange(range));
}
