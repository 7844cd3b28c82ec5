using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>One provider's side of the broker. Publishing and consuming have a connection each, as the broker holds back publishers by connection.</summary>
internal sealed class RabbitMqBroker : IAsyncDisposable
{
    public RabbitMqBroker(IServiceProvider services, string provider)
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
