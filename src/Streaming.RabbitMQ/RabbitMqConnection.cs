using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using RabbitMQ.Client;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// Opens a connection on demand, and a new one after it was lost; each time it declares the queues. The client's own recovery is
/// off: it recovers lost connections, but not channels that the broker closed. Here, one mechanism covers both.
/// </summary>
internal sealed partial class RabbitMqConnection(
    string purpose, string provider, RabbitMqStreamOptions options, IReadOnlyList<string> queues, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IConnection? _connection;

    /// <summary>Opens the connection, retrying for <see cref="RabbitMqStreamOptions.StartTimeout"/>.</summary>
    /// <exception cref="RabbitMqUnavailableException">The broker can't be reached, or refuses the connection.</exception>
    public async Task StartAsync()
    {
        using var timeout = new CancellationTokenSource(options.StartTimeout);
        Exception? last = null;
        try
        {
            await Retries(options, error => last = error).ExecuteAsync(async token => { await GetAsync(token); }, timeout.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new RabbitMqUnavailableException(
                $"Stream provider '{provider}' did not reach RabbitMQ at {Address} within {options.StartTimeout.TotalSeconds:0.#} s: {Innermost(last ?? exception)}",
                last ?? exception);
        }
    }

    /// <summary>Opens a channel, and the connection if need be.</summary>
    public async Task<IChannel> CreateChannelAsync(CreateChannelOptions? channelOptions, CancellationToken cancellationToken) =>
        await (await GetAsync(cancellationToken)).CreateChannelAsync(channelOptions, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }

        _gate.Dispose();
    }

    /// <summary>Retries without limit, with growing pauses, until it is cancelled.</summary>
    public static ResiliencePipeline Retries(RabbitMqStreamOptions options, Action<Exception> failed) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is not null && !attempt.Context.CancellationToken.IsCancellationRequested),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = options.MaxRetryDelay,
            UseJitter = true,
            OnRetry = retry =>
            {
                failed(retry.Outcome.Exception!);
                return default;
            },
        })
        .Build();

    private string Address => $"{options.Uri!.Host}:{(options.Uri.Port < 0 ? AmqpTcpEndpoint.UseDefaultPort : options.Uri.Port)}{options.Uri.AbsolutePath}";

    private static string Innermost(Exception exception) =>
        exception.InnerException is { } inner ? $"{exception.Message} {Innermost(inner)}" : exception.Message;

    private async Task<IConnection> GetAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open)
        {
            return open;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsOpen: true } other)
            {
                return other;
            }

            if (_connection is { } lost)
            {
                _connection = null;
                await lost.DisposeAsync();
            }

            var factory = new ConnectionFactory
            {
                Uri = options.Uri!,
                AutomaticRecoveryEnabled = false,
                TopologyRecoveryEnabled = false,
                RequestedHeartbeat = options.Heartbeat,
                ClientProvidedName = $"{provider} {purpose} {Environment.MachineName}/{Environment.ProcessId}",
            };
            var connection = await factory.CreateConnectionAsync(cancellationToken);
            try
            {
                await DeclareAsync(connection, cancellationToken);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            LogConnected(logger, provider, purpose, Address);
            return _connection = connection;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var ofDeadLetters = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
        if (options.DeliveryLimit == -1)
        {
            // Looking at a dead letter counts as a delivery.
            ofDeadLetters["x-delivery-limit"] = -1;
        }

        await channel.QueueDeclareAsync(
            options.DeadLetterQueue, durable: true, exclusive: false, autoDelete: false, ofDeadLetters, cancellationToken: cancellationToken);
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-single-active-consumer"] = true,
            ["x-overflow"] = "reject-publish",

            // For what the broker gives up by itself: delivery limit, expiry, length.
            ["x-dead-letter-exchange"] = "",
            ["x-dead-letter-routing-key"] = options.DeadLetterQueue,
            ["x-dead-letter-strategy"] = "at-least-once",
        };
        if (options.DeliveryLimit is { } limit)
        {
            arguments["x-delivery-limit"] = limit;
        }

        foreach (var queue in queues)
        {
            await channel.QueueDeclareAsync(
                queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Stream provider {Provider} is connected to RabbitMQ at {Address} for {Purpose}")]
    private static partial void LogConnected(ILogger logger, string provider, string purpose, string address);
}
