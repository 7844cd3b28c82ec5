using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>A provider's connections to the broker: one to publish and one to consume, since the broker throttles publishers per connection.</summary>
internal sealed class RabbitMqConnections : IAsyncDisposable
{
    public RabbitMqConnections(IServiceProvider services, string provider)
    {
        Options = services.GetRequiredService<IOptionsMonitor<RabbitMqStreamOptions>>().Get(provider);
        Metrics = services.GetRequiredService<RabbitMqStreamMetrics>();
        Mapper = new NamespaceQueueMapper(Options);
        var queues = Mapper.GetAllQueues().Select(NamespaceQueueMapper.NameOf).ToArray();
        var logger = services.GetRequiredService<ILogger<RabbitMqConnection>>();
        Publishing = new RabbitMqConnection("publishing", provider, Options, queues, logger);
        Consuming = new RabbitMqConnection("consuming", provider, Options, queues, logger);
        Publisher = new RabbitMqPublisher(Publishing, Options, Metrics);
    }

    public RabbitMqStreamOptions Options { get; }

    public RabbitMqStreamMetrics Metrics { get; }

    public NamespaceQueueMapper Mapper { get; }

    public RabbitMqConnection Publishing { get; }

    public RabbitMqConnection Consuming { get; }

    public RabbitMqPublisher Publisher { get; }

    public async ValueTask DisposeAsync()
    {
        await Publisher.DisposeAsync();
        await Publishing.DisposeAsync();
        await Consuming.DisposeAsync();
    }
}
