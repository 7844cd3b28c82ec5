using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orleans.Providers.Streams.Common;
using Orleans.Serialization;
using Orleans.Streams;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// Consumes one queue for the silo that owns it. The broker lets one consumer of a queue be active; while two silos take
/// themselves for the owner, the second gets nothing.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA1001", Justification = "Orleans ends a receiver with Shutdown; what runs on past its deadline still reads the token.")]
internal sealed partial class RabbitMqReceiver(
    string queue,
    RabbitMqConnection connection,
    RabbitMqPublisher publisher,
    RabbitMqStreamOptions options,
    Serializer<RabbitMqBatch> serializer,
    RabbitMqStreamMetrics metrics,
    TimeProvider time,
    ILogger logger) : IQueueAdapterReceiver
{
    private readonly Channel<RabbitMqBatch> _inbox = Channel.CreateUnbounded<RabbitMqBatch>(); // bounded by the prefetch
    private readonly Dictionary<string, Delivery> _unacknowledged = [];
    private readonly Dictionary<long, Delivery> _bySequence = [];
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _consuming = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private long _sequence;

    /// <summary>The cache that the received is delivered from.</summary>
    public IQueueCache? Cache { get; init; }

    public bool IsOutage(Exception exception) => options.IsOutage(exception);

    public async Task Initialize(TimeSpan timeout)
    {
        // Later numbers than any that an owner before gave, as a consumer may have kept one.
        _sequence = time.GetUtcNow().UtcTicks;
        _running = Task.WhenAll(ConsumeAsync(), WatchLagAsync());

        // Without a broker the silo goes on, and consumes once there is one.
        await _consuming.Task.WaitAsync(timeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
    {
        var batches = new List<IBatchContainer>();
        while ((maxCount <= 0 || batches.Count < maxCount) && _inbox.Reader.TryRead(out var batch))
        {
            batches.Add(batch);
        }

        return Task.FromResult<IList<IBatchContainer>>(batches);
    }

    public async Task MessagesDeliveredAsync(IList<IBatchContainer> messages)
    {
        foreach (var delivery in Deliveries(messages))
        {
            if (delivery.Taken || delivery.Settled)
            {
                await SettleAsync(delivery, worked: true);
            }

            // The cache gives up what no cursor stands on, taken or not.
            else if (!await RecordFailureAsync(delivery, "No consumer took it.", null))
            {
                await ReturnAsync(delivery);
            }
        }
    }

    public async Task Shutdown(TimeSpan timeout)
    {
        // What was delivered since the last look need not come again to the next owner.
        if (Cache?.TryPurgeFromCache(out var delivered) == true)
        {
            foreach (var delivery in Deliveries(delivered).Where(delivery => delivery.Taken))
            {
                await SettleAsync(delivery, worked: true);
            }
        }

        await _stopping.CancelAsync();
        await _running.WaitAsync(timeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        metrics.ForgetLag(queue);
    }

    /// <summary>Records a failure of the message on the message: it goes to the end of its queue, or to the dead letters.</summary>
    /// <returns>False when it could not be recorded; the message is then as before.</returns>
    public Task<bool> RecordFailureAsync(Delivery delivery, Exception exception) =>
        RecordFailureAsync(delivery, $"{exception.GetType().FullName}: {exception.Message}", exception);

    private async Task<bool> RecordFailureAsync(Delivery delivery, string reason, Exception? exception)
    {
        var attempts = MessageHeaders.Number(delivery.Properties, MessageHeaders.Attempts) + 1;
        var dead = attempts >= options.MaxAttempts;
        var properties = MessageHeaders.WithFailure(
            delivery.Properties, queue, attempts, reason, time.GetUtcNow());
        try
        {
            await publisher.PublishAsync(dead ? options.DeadLetterQueue : queue, properties, delivery.Body);
        }
        catch (RabbitMqUnavailableException fault)
        {
            LogNotRecorded(logger, delivery.MessageId, queue, fault);
            return false;
        }

        metrics.Failed(queue);
        if (dead)
        {
            metrics.DeadLettered(queue);
            LogDeadLettered(logger, delivery.MessageId, queue, attempts, reason, exception);
        }
        else
        {
            LogFailed(logger, delivery.MessageId, queue, attempts, options.MaxAttempts, reason, exception);
        }

        await SettleAsync(delivery, worked: false);
        return true;
    }

    /// <summary>Gives a message back to the broker, which delivers it again.</summary>
    public Task ReturnAsync(StreamSequenceToken token)
    {
        Delivery? delivery;
        lock (_lock)
        {
            _bySequence.TryGetValue(token.SequenceNumber, out delivery);
        }

        return delivery is null ? Task.CompletedTask : ReturnAsync(delivery);
    }

    private static IEnumerable<Delivery> Deliveries(IEnumerable<IBatchContainer> messages) =>
        messages.Select(message => (message as RabbitMqBatch)?.Delivery).OfType<Delivery>();

    private async Task ReturnAsync(Delivery delivery)
    {
        // Forgotten first: when it comes again, it is to be delivered again.
        lock (_lock)
        {
            Forget(delivery);
        }

        await TryAsync(delivery, (channel, tag) => channel.BasicNackAsync(tag, multiple: false, requeue: true));
    }

    /// <summary>Acknowledges what is done with. What can't be, for want of a channel, is once it comes again.</summary>
    private async Task SettleAsync(Delivery delivery, bool worked)
    {
        lock (_lock)
        {
            if (delivery.Settled)
            {
                return;
            }

            delivery.Settled = true;
        }

        if (worked)
        {
            metrics.Delivered(queue);
        }

        await AcknowledgeAsync(delivery);
    }

    private async Task AcknowledgeAsync(Delivery delivery)
    {
        if (await TryAsync(delivery, (channel, tag) => channel.BasicAckAsync(tag, multiple: false)))
        {
            lock (_lock)
            {
                Forget(delivery);
            }
        }
    }

    private async Task<bool> TryAsync(Delivery delivery, Func<IChannel, ulong, ValueTask> action)
    {
        IChannel channel;
        ulong tag;
        lock (_lock)
        {
            // Together: the tag of another channel is that of another message.
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
            LogNotSettled(logger, delivery.MessageId, queue, exception.Message);
            return false;
        }
    }

    private void Forget(Delivery delivery)
    {
        _unacknowledged.Remove(delivery.MessageId);
        _bySequence.Remove(delivery.Sequence);
    }

    private async Task ConsumeAsync()
    {
        var retries = RabbitMqConnection.Retries(options, fault => LogLost(logger, queue, fault.Message));
        try
        {
            while (true)
            {
                await retries.ExecuteAsync(async token => await ConsumeUntilClosedAsync(token), _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    /// <summary>Consumes until the receiver is shut down, or the channel is lost: then it returns, having consumed, or throws.</summary>
    private async Task ConsumeUntilClosedAsync(CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(null, cancellationToken);
        var closed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, shutdown) =>
        {
            closed.TrySetResult(shutdown.ReplyText);
            return Task.CompletedTask;
        };
        await channel.BasicQosAsync(0, (ushort)options.Prefetch, global: false, cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, received) => ReceiveAsync(channel, received);
        var tag = await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);
        LogConsuming(logger, queue);
        _consuming.TrySetResult();
        try
        {
            LogLost(logger, queue, await closed.Task.WaitAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (channel.IsOpen)
        {
            // The next consumer becomes the active one with this, and gets what is not acknowledged when the channel closes.
            await channel.BasicCancelAsync(tag, cancellationToken: CancellationToken.None);
            await channel.CloseAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task ReceiveAsync(IChannel channel, BasicDeliverEventArgs received)
    {
        if (received.Redelivered)
        {
            metrics.Redelivered(queue);
        }

        // The body's memory is the client's again when this returns.
        var body = received.Body.ToArray();
        var id = received.BasicProperties.MessageId ?? $"{queue}/{received.DeliveryTag}/{Guid.NewGuid():N}";
        Delivery? delivery;
        lock (_lock)
        {
            if (_unacknowledged.TryGetValue(id, out delivery) && delivery.Channel == channel)
            {
                // Two messages of one id: a replayed dead letter may be there twice.
                id = $"{id}/{received.DeliveryTag}";
                delivery = null;
            }
            else if (delivery is not null)
            {
                // Known from a channel that was lost: only the address to acknowledge it at is new.
                (delivery.Channel, delivery.Tag) = (channel, received.DeliveryTag);
            }
        }

        if (delivery is not null)
        {
            if (delivery.Settled)
            {
                await AcknowledgeAsync(delivery);
            }

            return;
        }

        delivery = new Delivery(this, id, new BasicProperties(received.BasicProperties), body) { Channel = channel, Tag = received.DeliveryTag };
        RabbitMqBatch batch;
        try
        {
            batch = serializer.Deserialize(body) ?? throw new InvalidDataException("It holds nothing.");
        }
        catch (Exception exception)
        {
            await BuryAsync(delivery, exception);
            return;
        }

        lock (_lock)
        {
            _unacknowledged[id] = delivery;
            delivery.Sequence = ++_sequence;
            _bySequence[_sequence] = delivery;
            batch.Token = new EventSequenceTokenV2(_sequence);
        }

        batch.Delivery = delivery;
        _inbox.Writer.TryWrite(batch);
    }

    /// <summary>Makes a message that can't be read a dead letter; no further try would read it.</summary>
    private async Task BuryAsync(Delivery delivery, Exception exception)
    {
        var properties = MessageHeaders.WithFailure(
            delivery.Properties, queue, 1, $"can't be read: {exception.GetType().FullName}: {exception.Message}", time.GetUtcNow());
        try
        {
            await publisher.PublishAsync(options.DeadLetterQueue, properties, delivery.Body);
            metrics.DeadLettered(queue);
            LogUnreadable(logger, delivery.MessageId, queue, exception);
            await SettleAsync(delivery, worked: false);
        }
        catch (RabbitMqUnavailableException fault)
        {
            // It stays unacknowledged, and is tried again with the next channel.
            LogNotRecorded(logger, delivery.MessageId, queue, fault);
        }
    }

    private async Task WatchLagAsync()
    {
        using var timer = new PeriodicTimer(options.LagInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                try
                {
                    await using var channel = await connection.CreateChannelAsync(null, _stopping.Token);
                    int unacknowledged;
                    lock (_lock)
                    {
                        unacknowledged = _unacknowledged.Count;
                    }

                    metrics.SetLag(queue, await channel.MessageCountAsync(queue, _stopping.Token) + unacknowledged);
                }
                catch (Exception exception) when (exception is RabbitMQClientException or IOException or OperationCanceledException && !_stopping.IsCancellationRequested)
                {
                    // The broker is away; an old figure would be wrong.
                    metrics.ForgetLag(queue);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    [LoggerMessage(LogLevel.Information, "Consuming the queue {Queue}")]
    private static partial void LogConsuming(ILogger logger, string queue);

    [LoggerMessage(LogLevel.Warning, "The queue {Queue} is not consumed: {Reason}; trying again")]
    private static partial void LogLost(ILogger logger, string queue, string reason);

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} of {Queue} could not be acknowledged and will come again: {Reason}")]
    private static partial void LogNotSettled(ILogger logger, string messageId, string queue, string reason);

    [LoggerMessage(LogLevel.Warning, "A failure of message {MessageId} of {Queue} could not be recorded and does not count")]
    private static partial void LogNotRecorded(ILogger logger, string messageId, string queue, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} of {Queue} failed, {Attempts} of {MaxAttempts}; it goes to the end of its queue: {Reason}")]
    private static partial void LogFailed(ILogger logger, string messageId, string queue, int attempts, int maxAttempts, string reason, Exception? exception);

    [LoggerMessage(LogLevel.Error, "Message {MessageId} of {Queue} failed {Attempts} times and is a dead letter now: {Reason}")]
    private static partial void LogDeadLettered(ILogger logger, string messageId, string queue, int attempts, string reason, Exception? exception);

    [LoggerMessage(LogLevel.Error, "Message {MessageId} of {Queue} can't be read and is a dead letter now")]
    private static partial void LogUnreadable(ILogger logger, string messageId, string queue, Exception exception);
}
