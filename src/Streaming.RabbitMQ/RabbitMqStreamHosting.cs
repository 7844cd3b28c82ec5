using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Providers;
using Orleans.Streams;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>Adds streams over RabbitMQ to silos and clients.</summary>
public static class RabbitMqStreamHosting
{
    // An outage may last: giving up on a delivery would put the message behind those that came after it.
    private static readonly TimeSpan _maxEventDeliveryTime = TimeSpan.FromDays(30);

    /// <summary>Adds a stream provider that publishes to and consumes from RabbitMQ. Subscriptions are implicit.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">Name of the provider.</param>
    /// <param name="configure">Where the broker is and what is carried.</param>
    /// <param name="configureStreams">Further settings of Orleans' streams; messages are delivered one by one whatever it says.</param>
    public static ISiloBuilder AddRabbitMqStreams(
        this ISiloBuilder builder, string name, Action<RabbitMqStreamOptions> configure, Action<ISiloPersistentStreamConfigurator>? configureStreams = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddBroker(builder.Services, name, configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IOutgoingGrainCallFilter, DeliveryFilter>());
        builder.AddPersistentStreams(name, RabbitMqAdapterFactory.Create, streams =>
        {
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePullingAgent(agent => agent.Configure(pulling => pulling.MaxEventDeliveryTime = _maxEventDeliveryTime));
            streams.ConfigureComponent<IMessageDeliveryBackoffProvider>((services, provider) =>
                new DeliveryBackoff(services.GetRequiredService<IOptionsMonitor<RabbitMqStreamOptions>>().Get(provider).MaxRetryDelay));
            configureStreams?.Invoke(streams);

            // What a consumer throws must belong to one message.
            streams.ConfigurePullingAgent(agent => agent.Configure(pulling => pulling.BatchContainerBatchSize = 1));
        });
        return builder;
    }

    /// <summary>Adds a stream provider that publishes to RabbitMQ.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="name">Name of the provider, as the silos call it.</param>
    /// <param name="configure">Where the broker is and what is carried, as the silos have it.</param>
    public static IClientBuilder AddRabbitMqStreams(this IClientBuilder builder, string name, Action<RabbitMqStreamOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddBroker(builder.Services, name, configure);
        builder.AddPersistentStreams(name, RabbitMqAdapterFactory.Create, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
        return builder;
    }

    /// <summary>Adds a health check that asks a provider's broker for a channel.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">Name of the provider.</param>
    /// <param name="tags">Tags of the check.</param>
    public static IHealthChecksBuilder AddRabbitMqStreams(this IHealthChecksBuilder builder, string name, params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new(
            $"rabbitmq-streams-{name}", services => new RabbitMqHealthCheck(services.GetRequiredKeyedService<RabbitMqBroker>(name)), null, tags));
    }

    private static void AddBroker(IServiceCollection services, string name, Action<RabbitMqStreamOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<RabbitMqStreamOptions>(name).Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton<RabbitMqStreamMetrics>();
        services.TryAddKeyedSingleton(name, (provider, key) => new RabbitMqBroker(provider, (string)key!));
    }

    /// <summary>Pauses between deliveries of the same message: from 100 ms, doubling.</summary>
    private sealed class DeliveryBackoff(TimeSpan longest) : IMessageDeliveryBackoffProvider
    {
        public TimeSpan Next(int attempt) =>
            TimeSpan.FromMilliseconds(Math.Min(longest.TotalMilliseconds, 100 * Math.Pow(2, Math.Min(attempt, 16))));
    }
}
