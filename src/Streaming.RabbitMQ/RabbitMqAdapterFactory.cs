using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Serialization;
using Orleans.Streams;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>What Orleans creates the provider from.</summary>
internal sealed class RabbitMqAdapterFactory(IServiceProvider services, string provider, RabbitMqConnections broker)
    : IQueueAdapterFactory, IQueueAdapterCache, IQueueAdapter
{
    private readonly Serializer<RabbitMqBatch> _serializer = services.GetRequiredService<Serializer<RabbitMqBatch>>();
    private readonly ConcurrentDictionary<QueueId, IQueueCache> _caches = new();
    private readonly ConcurrentDictionary<QueueId, RabbitMqReceiver> _receivers = new();
    private readonly SimpleQueueAdapterCache _cache = new(
        new SimpleQueueCacheOptions { CacheSize = broker.Options.Prefetch }, provider, services.GetRequiredService<ILoggerFactory>());

    public string Name => provider;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public static RabbitMqAdapterFactory Create(IServiceProvider services, string provider) =>
        new(services, provider, services.GetRequiredKeyedService<RabbitMqConnections>(provider));

    /// <exception cref="RabbitMqUnavailableException">The broker can't be reached. The silo or client does not start.</exception>
    public async Task<IQueueAdapter> CreateAdapter()
    {
        await broker.Publishing.StartAsync();
        return this;
    }

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => broker.Mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new DeliveryTimeoutHandler(this, queueId));

    public IQueueCache CreateQueueCache(QueueId queueId) => _caches[queueId] = _cache.CreateQueueCache(queueId);

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId)
    {
        // Called in a turn of the pulling agent that will read the queue.
        if (services.GetRequiredService<IGrainContextAccessor>().GrainContext is { } agent)
        {
            services.GetRequiredService<PullingAgents>().Add(agent.GrainId);
        }

        return _receivers[queueId] = new RabbitMqReceiver(
            NamespaceQueueMapper.NameOf(queueId),
            broker,
            _serializer,
            services.GetKeyedService<IDeadLetterObserver>(provider) ?? services.GetService<IDeadLetterObserver>(),
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetRequiredService<ILogger<RabbitMqReceiver>>())
        {
            Cache = _caches.GetValueOrDefault(queueId),
        };
    }

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        var queue = NamespaceQueueMapper.NameOf(broker.Mapper.GetQueueForStream(streamId));
        var batch = new RabbitMqBatch { StreamId = streamId, Events = [.. events.Cast<object>()], RequestContext = requestContext };
        var properties = new global::RabbitMQ.Client.BasicProperties
        {
            MessageId = Guid.NewGuid().ToString("N"),
            Headers = MessageHeaders.Create(streamId, batch.Events, broker.Options.EventId),
        };
        return broker.Publisher.PublishAsync(queue, properties, _serializer.SerializeToArray(batch));
    }

    /// <summary>
    /// Is called when a message could not be delivered for the whole of <c>MaxEventDeliveryTime</c> and Orleans goes on without it.
    /// This takes an outage, which is not a failure of the message: the message is given back to the broker.
    /// </summary>
    private sealed class DeliveryTimeoutHandler(RabbitMqAdapterFactory factory, QueueId queue) : IStreamFailureHandler
    {
        public bool ShouldFaultSubsriptionOnError => false;

        public Task OnDeliveryFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken) =>
            sequenceToken is not null && factory._receivers.TryGetValue(queue, out var receiver)
                ? receiver.ReturnAsync(sequenceToken)
                : Task.CompletedTask;

        public Task OnSubscriptionFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken) =>
            Task.CompletedTask;
    }
}
