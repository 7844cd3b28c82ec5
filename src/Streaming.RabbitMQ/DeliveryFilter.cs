namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// Sees what a consumer throws at a delivery; Orleans' failure handler is told that there was something, but not what, and only after
/// it has given up. A failure of the message is recorded on it, and the delivery is over. An outage goes on to Orleans, which delivers
/// the message again until it is over; what follows in the stream waits.
/// </summary>
internal sealed class DeliveryFilter : IOutgoingGrainCallFilter
{
    private const string ConsumerInterface = "Orleans.Streams.IStreamConsumerExtension";
    private const int BatchArgument = 2;

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.InterfaceName != ConsumerInterface
            || context.Request.GetArgumentCount() <= BatchArgument
            || context.Request.GetArgument(BatchArgument) is not RabbitMqBatch { Delivery: { } delivery })
        {
            await context.Invoke();
            return;
        }

        try
        {
            await context.Invoke();
            delivery.Taken = true;
        }
        catch (Exception exception) when (!delivery.Receiver.IsOutage(exception))
        {
            if (!await delivery.Receiver.RecordFailureAsync(delivery, exception))
            {
                throw;
            }

            // No handshake token: the consumer goes on with the next.
            context.Result = null;
        }
    }
}
