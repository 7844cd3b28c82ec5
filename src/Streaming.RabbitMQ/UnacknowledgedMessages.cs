using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// The messages that a receiver holds unacknowledged. It recognises a message that is redelivered because a channel was lost, so that
/// the message is not processed twice.
/// </summary>
internal sealed partial class UnacknowledgedMessages(string queue, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<string, Delivery> _byId = [];
    private readonly Dictionary<long, Delivery> _bySequence = [];
    private readonly Lock _lock = new();

    // Higher than any number that an earlier owner of the queue gave: a consumer may still remember one.
    private long _sequence = time.GetUtcNow().UtcTicks;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byId.Count;
            }
        }
    }

    /// <summary>How long an outage has held a message, for the message held longest; zero when none is held.</summary>
    public TimeSpan LongestHold
    {
        get
        {
            lock (_lock)
            {
                return _byId.Values.Max(delivery => delivery.HeldSince is { } since ? time.GetElapsedTime(since) : (TimeSpan?)null) ?? TimeSpan.Zero;
            }
        }
    }

    /// <summary>Finds the message if it is known from a lost channel, and updates where to acknowledge it.</summary>
    public Delivery? FindRedelivered(string id, IChannel channel, ulong tag)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var delivery) || delivery.Channel == channel)
            {
                return null;
            }

            (delivery.Channel, delivery.Tag) = (channel, tag);
            return delivery;
        }
    }

    /// <summary>Adds a message and gives it its position.</summary>
    public void Add(Delivery delivery)
    {
        lock (_lock)
        {
            if (_byId.ContainsKey(delivery.MessageId))
            {
                // Two messages with one id: a dead letter that was replayed twice, for example.
                delivery.MessageId = $"{delivery.MessageId}/{delivery.Tag}";
            }

            delivery.Sequence = ++_sequence;
            _byId[delivery.MessageId] = delivery;
            _bySequence[delivery.Sequence] = delivery;
        }
    }

    public Delivery? Find(long sequence)
    {
        lock (_lock)
        {
            return _bySequence.GetValueOrDefault(sequence);
        }
    }

    /// <summary>Acknowledges a message that is done with. Without a channel, it is acknowledged when it is redelivered.</summary>
    /// <returns>False when it was settled before.</returns>
    public async Task<bool> SettleAsync(Delivery delivery)
    {
        lock (_lock)
        {
            if (delivery.Settled)
            {
                return false;
            }

            delivery.Settled = true;
        }

        await AcknowledgeAsync(delivery);
        return true;
    }

    public async Task AcknowledgeAsync(Delivery delivery)
    {
        if (await TryAsync(delivery, (channel, tag) => channel.BasicAckAsync(tag, multiple: false)))
        {
            Forget(delivery);
        }
    }

    /// <summary>Gives a message back to the broker, which redelivers it.</summary>
    public async Task ReturnAsync(Delivery delivery)
    {
        // Forgotten first, so that the redelivered message is processed.
        Forget(delivery);
        await TryAsync(delivery, (channel, tag) => channel.BasicNackAsync(tag, multiple: false, requeue: true));
    }

    private void Forget(Delivery delivery)
    {
        lock (_lock)
        {
            _byId.Remove(delivery.MessageId);
            _bySequence.Remove(delivery.Sequence);
        }
    }

    private async Task<bool> TryAsync(Delivery delivery, Func<IChannel, ulong, ValueTask> action)
    {
        IChannel channel;
        ulong tag;
        lock (_lock)
        {
            // Read together: on another channel, the same tag is another message.
            (channel, tag) = (delivery.Channel, delivery.Tag);
        }

        try
        {
            if (!channel.IsOpen)
            {
                return false;
            }

            await action(channel, tag);
            return true;
        }
        catch (Exception exception) when (exception is RabbitMQClientException or ObjectDisposedException or IOException)
        {
            LogNotAcknowledged(logger, delivery.MessageId, queue, exception.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} of queue {Queue} could not be acknowledged; the broker will redeliver it: {Reason}")]
    private static partial void LogNotAcknowledged(ILogger logger, string messageId, string queue, string reason);
}
