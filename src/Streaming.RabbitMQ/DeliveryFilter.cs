using System.Diagnostics.CodeAnalysis;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// Sees what a consumer throws; Orleans' failure handler is not told the exception, and is called only after Orleans has given up. A
/// failure of the message is recorded on the message, and the delivery is over. An outage goes on to Orleans, which delivers the
/// message again until the outage is over; what follows in the stream waits.
/// </summary>
internal sealed class DeliveryFilter(PullingAgents agents) : IOutgoingGrainCallFilter
{
    private const string ConsumerInterface = "Orleans.Streams.IStreamConsumerExtension";
    private const string Handshake = "GetSequenceToken";
    private const int BatchArgument = 2;

    /// <summary>Whether the call delivers a message to a consumer.</summary>
    public static bool IsDelivery(IGrainCallContext context, [NotNullWhen(true)] out RabbitMqBatch? batch)
    {
        batch = context.InterfaceName == ConsumerInterface && context.Request.GetArgumentCount() > BatchArgument
            ? context.Request.GetArgument(BatchArgument) as RabbitMqBatch
            : null;
        return batch is not null;
    }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (IsDelivery(context, out var batch) && batch.Delivery is { } delivery)
        {
            await DeliverAsync(context, delivery);
        }
        else if (context.InterfaceName == ConsumerInterface && context.MethodName == Handshake && agents.Contains(context.SourceId))
        {
            // Asks from which event on to deliver, which means something to rewindable providers only. While the call fails, Orleans
            // reads nothing from the whole queue; a consumer that can't be activated must fail on its own message instead.
            context.Result = null;
        }
        else
        {
            await context.Invoke();
        }
    }

    private static async Task DeliverAsync(IOutgoingGrainCallContext context, Delivery delivery)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception exception)
        {
            if (!await delivery.Receiver.TryRecordAsync(delivery, exception))
            {
                throw;
            }

            context.Result = null;
            return;
        }

        // A token says from which event on the consumer wants to be delivered to, and that it did not take this one.
        if (context.Result is null)
        {
            delivery.Receiver.Take(delivery);
        }
    }
}
