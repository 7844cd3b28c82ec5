using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Providers;
using Orleans.Serialization;
using Orleans.Streams;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>Adds streams over RabbitMQ to silos, clients and health checks.</summary>
public static class RabbitMqStreamHosting
{
    // Long enough for any outage. When Orleans gives up on a delivery, the message falls behind later ones of its stream.
    private static readonly TimeSpan _maxEventDeliveryTime = TimeSpan.FromDays(30);

    /// <summary>Adds a stream provider that publishes to and consumes from RabbitMQ. It supports implicit subscriptions only.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">Name of the provider.</param>
    /// <param name="configure">Sets the address of the broker, the namespaces and so on.</param>
    /// <param name="configureStreams">Further settings of Orleans' streams. Messages are delivered one by one whatever the batch size is set to.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder AddRabbitMqStreams(
        this ISiloBuilder builder, string name, Action<RabbitMqStreamOptions> configure, Action<ISiloPersistentStreamConfigurator>? configureStreams = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddBroker(builder.Services, name, configure);
        builder.Services.TryAddSingleton<PullingAgents>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IOutgoingGrainCallFilter, DeliveryFilter>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IIncomingGrainCallFilter, ConsumerFilter>());
        builder.Services.Configure<ExceptionSerializationOptions>(CarryDatabaseExceptions);
        builder.AddPersistentStreams(name, RabbitMqAdapterFactory.Create, streams =>
        {
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePullingAgent(agent => agent.Configure(pulling => pulling.MaxEventDeliveryTime = _maxEventDeliveryTime));
            streams.ConfigureComponent<IMessageDeliveryBackoffProvider>((services, provider) =>
                new DeliveryBackoff(services.GetRequiredService<IOptionsMonitor<RabbitMqStreamOptions>>().Get(provider).MaxRetryDelay));
            configureStreams?.Invoke(streams);

            // An exception of a consumer must belong to one message.
            streams.ConfigurePullingAgent(agent => agent.Configure(pulling => pulling.BatchContainerBatchSize = 1));
        });
        return builder;
    }

    /// <summary>Adds a stream provider that publishes to RabbitMQ.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="name">Name of the provider, the same as in the silos.</param>
    /// <param name="configure">Sets the address of the broker, the namespaces and so on, to the same values as in the silos.</param>
    /// <returns>The client.</returns>
    public static IClientBuilder AddRabbitMqStreams(this IClientBuilder builder, string name, Action<RabbitMqStreamOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddBroker(builder.Services, name, configure);
        builder.AddPersistentStreams(name, RabbitMqAdapterFactory.Create, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
        return builder;
    }

    /// <summary>Adds a health check that opens a channel to the broker of a provider.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">Name of the provider.</param>
    /// <param name="tags">Tags of the check.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddRabbitMqStreams(this IHealthChecksBuilder builder, string name, params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new(
            $"rabbitmq-streams-{name}", services => new RabbitMqHealthCheck(services.GetRequiredKeyedService<RabbitMqConnections>(name)), null, tags));
    }

    /// <summary>
    /// Lets the exceptions of databases pass between silos. Otherwise, a database that is unavailable when a consumer on another silo is
    /// activated would look like an error of the serializer.
    /// </summary>
    internal static void CarryDatabaseExceptions(ExceptionSerializationOptions options)
    {
        var others = options.SupportedExceptionTypeFilter;
        options.SupportedExceptionTypeFilter = type => typeof(DbException).IsAssignableFrom(type) || others(type);
    }

    private static void AddBroker(IServiceCollection services, string name, Action<RabbitMqStreamOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<RabbitMqStreamOptions>(name).Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton<RabbitMqStreamMetrics>();
        services.TryAddKeyedSingleton(name, (provider, key) => new RabbitMqConnections(provider, (string)key!));
    }

    /// <summary>Pauses between deliveries of one message: 100 ms, then doubling up to the longest.</summary>
    private sealed class DeliveryBackoff(TimeSpan longest) : IMessageDeliveryBackoffProvider
    {
        public TimeSpan Next(int attempt) =>
            TimeSpan.FromMilliseconds(Math.Min(longest.TotalMilliseconds, 100 * Math.Pow(2, Math.Min(attempt, 16))));
    }
}
