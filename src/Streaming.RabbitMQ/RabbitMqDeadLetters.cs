using System.Globalization;
using RabbitMQ.Client;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>The dead letters, for people: to look at, to send again, to throw away. Connects for itself; one call at a time.</summary>
public sealed class RabbitMqDeadLetters : IAsyncDisposable
{
    private static readonly CreateChannelOptions _confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly string _queue;
    private readonly IConnection _connection;

    // One for all calls: what a call gives back is there for the next one on the same channel, on another only a little later.
    private readonly IChannel _channel;

    private RabbitMqDeadLetters(IConnection connection, IChannel channel, string queue) =>
        (_connection, _channel, _queue) = (connection, channel, queue);

    /// <summary>Connects to the broker.</summary>
    /// <param name="uri">As <see cref="RabbitMqStreamOptions.Uri"/>.</param>
    /// <param name="queue">As <see cref="RabbitMqStreamOptions.DeadLetterQueue"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="RabbitMqUnavailableException">The broker can't be reached, or refuses.</exception>
    public static async Task<RabbitMqDeadLetters> OpenAsync(Uri uri, string queue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uri);
        try
        {
            var connection = await new ConnectionFactory { Uri = uri }.CreateConnectionAsync(cancellationToken);
            return new(connection, await connection.CreateChannelAsync(_confirming, cancellationToken), queue);
        }
        catch (global::RabbitMQ.Client.Exceptions.BrokerUnreachableException exception)
        {
            throw new RabbitMqUnavailableException($"RabbitMQ at {uri.Host}:{uri.Port} can't be reached: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }

    /// <summary>The oldest dead letters; they stay where they are.</summary>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(int max, CancellationToken cancellationToken = default)
    {
        var letters = new List<DeadLetter>();
        await TakeAsync(max, (letter, _) =>
        {
            letters.Add(letter);
            return Task.FromResult(false);
        }, cancellationToken);
        return letters;
    }

    /// <summary>Puts dead letters back into their queues, without their failures.</summary>
    /// <param name="select">Which.</param>
    /// <param name="cancellationToken">Cancels; what was put back by then stays so.</param>
    /// <returns>How many.</returns>
    public Task<int> ReplayAsync(Func<DeadLetter, bool> select, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(select);
        return TakeAsync(int.MaxValue, async (letter, message) =>
        {
            if (letter.Queue.Length == 0 || !select(letter))
            {
                return false;
            }

            // Confirmed before the dead letter goes: it may be there twice, never not at all.
            await _channel.BasicPublishAsync(
                "", letter.Queue, mandatory: true, MessageHeaders.WithoutFailures(message.BasicProperties), message.Body, cancellationToken);
            return true;
        }, cancellationToken);
    }

    /// <summary>Throws dead letters away.</summary>
    /// <param name="select">Which.</param>
    /// <param name="cancellationToken">Cancels; what was thrown away by then stays so.</param>
    /// <returns>How many.</returns>
    public Task<int> DropAsync(Func<DeadLetter, bool> select, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(select);
        return TakeAsync(int.MaxValue, (letter, _) => Task.FromResult(select(letter)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>Goes once through what is there, and gives back what is not removed.</summary>
    private async Task<int> TakeAsync(int max, Func<DeadLetter, BasicGetResult, Task<bool>> remove, CancellationToken cancellationToken)
    {
        var (removed, kept) = (0, new List<ulong>());
        try
        {
            while (removed + kept.Count < max && await _channel.BasicGetAsync(_queue, autoAck: false, cancellationToken) is { } message)
            {
                kept.Add(message.DeliveryTag);
                if (await remove(Read(message), message))
                {
                    await _channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
                    kept.RemoveAt(kept.Count - 1);
                    removed++;
                }
            }
        }
        finally
        {
            foreach (var tag in kept)
            {
                await _channel.BasicNackAsync(tag, multiple: false, requeue: true, CancellationToken.None);
            }
        }

        return removed;
    }

    private static DeadLetter Read(BasicGetResult message)
    {
        var properties = message.BasicProperties;
        return new(
            properties.MessageId ?? "",
            MessageHeaders.Text(properties, MessageHeaders.Queue) ?? MessageHeaders.Text(properties, "x-first-death-queue") ?? "",
            MessageHeaders.Text(properties, MessageHeaders.Namespace) ?? "",
            MessageHeaders.Text(properties, MessageHeaders.Key) ?? "",
            MessageHeaders.Number(properties, MessageHeaders.Attempts),
            MessageHeaders.Text(properties, MessageHeaders.Reason) ?? MessageHeaders.Text(properties, "x-first-death-reason") ?? "",
            DateTimeOffset.TryParse(MessageHeaders.Text(properties, MessageHeaders.FailedAt), CultureInfo.InvariantCulture, out var at) ? at : null,
            message.Body.Length);
    }
}

/// <summary>A message that was given up.</summary>
/// <param name="Id">Its message id.</param>
/// <param name="Queue">Where it was before.</param>
/// <param name="StreamNamespace">Namespace of its stream.</param>
/// <param name="StreamKey">Key of its stream.</param>
/// <param name="Attempts">Recorded failures.</param>
/// <param name="Reason">The last failure, or the broker's own reason.</param>
/// <param name="FailedAt">When that was; null when the broker gave it up.</param>
/// <param name="Size">Bytes of its body.</param>
public sealed record DeadLetter(
    string Id, string Queue, string StreamNamespace, string StreamKey, int Attempts, string Reason, DateTimeOffset? FailedAt, int Size);
