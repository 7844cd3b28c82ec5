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
/// Consumes one queue for the silo that owns it. The broker lets one consumer of a queue be active: while two silos both believe that
/// they own the queue, the second receives nothing.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA1001", Justification = "Orleans ends a receiver with Shutdown; what runs on past its deadline still reads the token.")]
internal sealed partial class RabbitMqReceiver : IQueueAdapterReceiver
{
    private readonly Channel<RabbitMqBatch> _inbox = Channel.CreateUnbounded<RabbitMqBatch>(); // bounded by the prefetch
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _consuming = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _queue;
    private readonly RabbitMqConnections _broker;
    private readonly RabbitMqStreamOptions _options;
    private readonly Serializer<RabbitMqBatch> _serializer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly UnacknowledgedMessages _messages;
    private readonly OutageWatch _outages;
    private readonly DeadLetterWriter _deadLetters;
    private readonly FailureRecorder _failures;
    private Task _running = Task.CompletedTask;

    public RabbitMqReceiver(
        string queue, RabbitMqConnections broker, Serializer<RabbitMqBatch> serializer, IDeadLetterObserver? observer, TimeProvider time, ILogger logger)
    {
        (_queue, _broker, _options, _serializer, _time, _logger) = (queue, broker, broker.Options, serializer, time, logger);
        _messages = new(queue, time, logger);
        _outages = new(queue, time, logger);
        _deadLetters = new(queue, broker.Publisher, _options, _messages, _outages, observer, broker.Metrics, logger);
        _failures = new(queue, broker.Publisher, _options, _messages, _deadLetters, _outages, broker.Metrics, time, logger);
    }

    /// <summary>The cache that Orleans delivers the received messages from.</summary>
    public IQueueCache? Cache { get; init; }

    public async Task Initialize(TimeSpan timeout)
    {
        _broker.Metrics.AddOutage(_queue, () => _messages.LongestHold);
        _running = Task.WhenAll(ConsumeAsync(), WatchLagAsync(), _deadLetters.RunAsync(_stopping.Token));

        // Without a broker the silo goes on, and consumes once there is one.
        await _consuming.Task.WaitAsync(timeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        foreach (var delivery in Deliveries(messages).Where(delivery => !delivery.GivenUp && !delivery.Settled))
        {
            if (delivery.Taken)
            {
                await AcknowledgeTakenAsync(delivery);
            }

            // The cache also gives up messages that no consumer has taken.
            else if (!await _failures.RecordAsync(delivery, "No consumer took it.", null))
            {
                await _messages.ReturnAsync(delivery);
            }
        }
    }

    public async Task Shutdown(TimeSpan timeout)
    {
        // Messages taken since the cache was purged last need not be redelivered to the next owner.
        if (Cache?.TryPurgeFromCache(out var delivered) == true)
        {
            foreach (var delivery in Deliveries(delivered).Where(delivery => delivery is { Taken: true, GivenUp: false }))
            {
                await AcknowledgeTakenAsync(delivery);
            }
        }

        await _stopping.CancelAsync();
        await _running.WaitAsync(timeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _broker.Metrics.ForgetQueue(_queue);
    }

    /// <summary>Notes that a consumer took a message. It is acknowledged when the cache is done with it.</summary>
    public void Take(Delivery delivery)
    {
        delivery.Taken = true;
        _outages.Release(delivery);
    }

    /// <summary>Records what a consumer threw on the message, unless it is an outage.</summary>
    /// <returns>False when nothing was recorded: for an outage, and when the broker did not confirm the record.</returns>
    public async Task<bool> TryRecordAsync(Delivery delivery, Exception exception)
    {
        // Any other exception is not from the consumer itself, which could not be activated or reached.
        var (isOutage, reason) = exception is ConsumerException ofConsumer
            ? (ofConsumer.IsOutage, ofConsumer.Message)
            : (_options.IsOutage(exception), $"{exception.GetType().FullName}: {exception.Message}");
        if (isOutage)
        {
            _outages.Hold(delivery, exception);
            return false;
        }

        return await _failures.RecordAsync(delivery, reason, exception);
    }

    /// <summary>Gives a message back to the broker, which redelivers it.</summary>
    public Task ReturnAsync(StreamSequenceToken token) =>
        _messages.Find(token.SequenceNumber) is { GivenUp: false, Settled: false } delivery ? _messages.ReturnAsync(delivery) : Task.CompletedTask;

    private static IEnumerable<Delivery> Deliveries(IEnumerable<IBatchContainer> messages) =>
        messages.Select(message => (message as RabbitMqBatch)?.Delivery).OfType<Delivery>();

    private async Task AcknowledgeTakenAsync(Delivery delivery)
    {
        if (await _messages.SettleAsync(delivery))
        {
            _broker.Metrics.Delivered(_queue);
        }
    }

    private async Task ConsumeAsync()
    {
        var retries = RabbitMqConnection.Retries(_options, error => LogNotConsumed(_logger, _queue, error.Message));
        try
        {
            while (true)
            {
                await retries.ExecuteAsync(async token => await ConsumeUntilClosedAsync(token), _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Shutdown.
        }
    }

    /// <summary>Consumes until the channel is lost. When the receiver is shut down, it cancels its consumer first.</summary>
    private async Task ConsumeUntilClosedAsync(CancellationToken cancellationToken)
    {
        await using var channel = await _broker.Consuming.CreateChannelAsync(null, cancellationToken);
        var closed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, shutdown) =>
        {
            closed.TrySetResult(shutdown.ReplyText);
            return Task.CompletedTask;
        };
        await channel.BasicQosAsync(0, (ushort)_options.Prefetch, global: false, cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, received) => ReceiveAsync(channel, received);
        var tag = await channel.BasicConsumeAsync(_queue, autoAck: false, consumer, cancellationToken);
        LogConsuming(_logger, _queue);
        _consuming.TrySetResult();
        try
        {
            LogNotConsumed(_logger, _queue, await closed.Task.WaitAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (channel.IsOpen)
        {
            // Cancelling makes the next consumer active. It receives the unacknowledged messages when the channel closes.
            await channel.BasicCancelAsync(tag, cancellationToken: CancellationToken.None);
            await channel.CloseAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task ReceiveAsync(IChannel channel, BasicDeliverEventArgs received)
    {
        if (received.Redelivered)
        {
            _broker.Metrics.Redelivered(_queue);
        }

        var id = received.BasicProperties.MessageId ?? $"{_queue}/{received.DeliveryTag}/{Guid.NewGuid():N}";
        if (_messages.FindRedelivered(id, channel, received.DeliveryTag) is { } known)
        {
            if (known.Settled)
            {
                await _messages.AcknowledgeAsync(known);
            }

            return;
        }

        // Copied: the client reuses the memory of the body when this returns.
        var delivery = new Delivery(this, id, new BasicProperties(received.BasicProperties), received.Body.ToArray())
        {
            Channel = channel,
            Tag = received.DeliveryTag,
        };
        _messages.Add(delivery);
        RabbitMqBatch batch;
        try
        {
            batch = _serializer.Deserialize(delivery.Body) ?? throw new InvalidDataException("The body is empty.");
        }
        catch (Exception exception)
        {
            // No further attempt would read it.
            _deadLetters.Add(
                delivery,
                MessageHeaders.WithFailure(
                    delivery.Properties, _queue, 1, $"The body can't be read: {exception.GetType().FullName}: {exception.Message}", _time.GetUtcNow()),
                exception);
            return;
        }

        batch.Token = new EventSequenceTokenV2(delivery.Sequence);
        batch.Delivery = delivery;
        _inbox.Writer.TryWrite(batch);
    }

    private async Task WatchLagAsync()
    {
        using var timer = new PeriodicTimer(_options.LagInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                try
                {
                    await using var channel = await _broker.Consuming.CreateChannelAsync(null, _stopping.Token);
                    _broker.Metrics.SetLag(_queue, await channel.MessageCountAsync(_queue, _stopping.Token) + _messages.Count);
                }
                catch (Exception exception) when (exception is RabbitMQClientException or IOException or OperationCanceledException && !_stopping.IsCancellationRequested)
                {
                    // The broker is unavailable, so the last value is out of date.
                    _broker.Metrics.ForgetLag(_queue);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Shutdown.
        }
    }
}
