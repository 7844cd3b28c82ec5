using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>Publishes to queues and waits for the broker's confirm of each message.</summary>
internal sealed class RabbitMqPublisher(RabbitMqConnection connection, RabbitMqStreamOptions options, RabbitMqStreamMetrics metrics) : IAsyncDisposable
{
    private static readonly CreateChannelOptions _confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly SemaphoreSlim _slots = new(options.MaxUnconfirmed, options.MaxUnconfirmed);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IChannel? _channel;

    /// <summary>Publishes a message. When the task completes, a majority of the queue's replicas have it.</summary>
    /// <exception cref="RabbitMqUnavailableException">The message was not confirmed in time. It may be in the queue nonetheless.</exception>
    public async Task PublishAsync(string queue, BasicProperties properties, ReadOnlyMemory<byte> body)
    {
        properties.DeliveryMode = DeliveryModes.Persistent;
        using var timeout = new CancellationTokenSource(options.PublishTimeout);
        try
        {
            await _slots.WaitAsync(timeout.Token);
            try
            {
                await PublishOnOpenChannelAsync(queue, properties, body, timeout.Token);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or RabbitMQClientException or IOException or ObjectDisposedException)
        {
            throw new RabbitMqUnavailableException($"RabbitMQ did not confirm a message for the queue '{queue}': {exception.Message}", exception);
        }

        metrics.Confirmed(queue);
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
        {
            await channel.DisposeAsync();
        }

        _slots.Dispose();
        _gate.Dispose();
    }

    private async Task PublishOnOpenChannelAsync(string queue, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var channel = await OpenAsync(cancellationToken);
        metrics.Published(queue);
        try
        {
            await channel.BasicPublishAsync("", queue, mandatory: true, properties, body, cancellationToken);
        }
        catch (AlreadyClosedException)
        {
            // Nothing was sent: the channel was lost after its last use.
            channel = await OpenAsync(cancellationToken);
            await channel.BasicPublishAsync("", queue, mandatory: true, properties, body, cancellationToken);
        }
    }

    private async Task<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } open)
        {
            return open;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_channel is not { IsOpen: true })
            {
                if (_channel is { } lost)
                {
                    _channel = null;
                    await lost.DisposeAsync();
                }

                _channel = await connection.CreateChannelAsync(_confirming, cancellationToken);
            }

            return _channel;
        }
        finally
        {
            _gate.Release();
        }
    }
}
