using Microsoft.Extensions.Options;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>Applies the outage rule where a consumer throws, before the exception is serialized.</summary>
internal sealed class ConsumerFilter(IOptionsMonitor<RabbitMqStreamOptions> options) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (!DeliveryFilter.IsDelivery(context, out _))
        {
            await context.Invoke();
            return;
        }

        try
        {
            await context.Invoke();
        }
        catch (Exception exception)
        {
            var provider = ((QualifiedStreamId)context.Request.GetArgument(1)!).ProviderName;
            throw new ConsumerException(exception, options.Get(provider).IsOutage(exception));
        }
    }
}
