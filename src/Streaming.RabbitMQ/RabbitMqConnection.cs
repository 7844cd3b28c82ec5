using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using RabbitMQ.Client;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// A connection that is opened when it is asked for, and again when it was lost, each time with the topology. The client's own
/// recovery is off: it recovers lost connections but not closed channels, and one way for both is easier to be sure of.
/// </summary>
internal sealed partial class RabbitMqConnection(
    string purpose, string provider, RabbitMqStreamOptions options, IReadOnlyList<string> queues, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IConnection? _connection;

    /// <summary>Tries for <see cref="RabbitMqStreamOptions.StartTimeout"/>.</summary>
    /// <exception cref="RabbitMqUnavailableException">The broker could not be reached, or refuses.</exception>
    public async Task StartAsync()
    {
        using var timeout = new CancellationTokenSource(options.StartTimeout);
        Exception? last = null;
        try
        {
            await Retries(options, fault => last = fault).ExecuteAsync(async token => { await GetAsync(token); }, timeout.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new RabbitMqUnavailableException(
                $"Stream provider '{provider}' did not reach RabbitMQ at {Address} within {options.StartTimeout.TotalSeconds:0.#} s: {Innermost(last ?? exception)}",
                last ?? exception);
        }
    }

    /// <summary>A new channel of the open connection.</summary>
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

    /// <summary>Tries for ever, with growing pauses.</summary>
    public static ResiliencePipeline Retries(RabbitMqStreamOptions options, Action<Exception> failed) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(),
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
        await channel.QueueDeclareAsync(
            options.DeadLetterQueue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-single-active-consumer"] = true,
            ["x-overflow"] = "reject-publish",

            // What the broker gives up itself, by its delivery limit.
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

    [LoggerMessage(LogLevel.Information, "{Provider} has its connection for {Purpose} to RabbitMQ at {Address}")]
    private static partial void LogConnected(ILogger logger, string provider, string purpose, string address);
}
