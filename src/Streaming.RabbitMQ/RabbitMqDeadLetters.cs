using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// Reads a dead-letter queue: lists, replays and removes letters. It has a connection of its own and takes one call at a time.
/// </summary>
/// <remarks>
/// Every call looks at each letter at most once and holds the letters that stay until its end, so that no one else sees them meanwhile.
/// Then it gives them back, which the broker counts as a delivery. RabbitMQ 4.0 to 4.2 delete a letter that was given back 20 times,
/// unless the queue has no delivery limit; see <see cref="RabbitMqStreamOptions.DeliveryLimit"/>.
/// </remarks>
public sealed class RabbitMqDeadLetters : IAsyncDisposable
{
    private static readonly CreateChannelOptions _confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly string _queue;
    private readonly IConnection _connection;

    // One channel for all calls: the next call on it sees the letters that are given back, another channel only a little later.
    private readonly IChannel _channel;

    private RabbitMqDeadLetters(IConnection connection, IChannel channel, string queue) =>
        (_connection, _channel, _queue) = (connection, channel, queue);

    /// <summary>Connects to the broker.</summary>
    /// <param name="uri">As <see cref="RabbitMqStreamOptions.Uri"/>.</param>
    /// <param name="queue">As <see cref="RabbitMqStreamOptions.DeadLetterQueue"/>.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="RabbitMqUnavailableException">The broker can't be reached, or refuses the connection.</exception>
    public static async Task<RabbitMqDeadLetters> OpenAsync(Uri uri, string queue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uri);
        IConnection? connection = null;
        try
        {
            connection = await new ConnectionFactory { Uri = uri }.CreateConnectionAsync(cancellationToken);
            return new(connection, await connection.CreateChannelAsync(_confirming, cancellationToken), queue);
        }
        catch (Exception exception)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            if (exception is RabbitMQClientException or IOException)
            {
                throw new RabbitMqUnavailableException(
                    $"RabbitMQ at {uri.Host}:{uri.Port} can't be reached: {exception.InnerException?.Message ?? exception.Message}", exception);
            }

            throw;
        }
    }

    /// <summary>Lists the oldest dead letters. They stay in the queue.</summary>
    /// <param name="max">Number of letters at most.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RabbitMqUnavailableException">The connection was lost.</exception>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(int max, CancellationToken cancellationToken = default)
    {
        var letters = new List<DeadLetter>();
        await PassAsync(max, (letter, _) =>
        {
            letters.Add(letter);
            return Task.FromResult(DeadLetterAction.Keep);
        }, cancellationToken);
        return letters;
    }

    /// <summary>Puts dead letters back into the queues that they came from, without their failures.</summary>
    /// <param name="select">Selects the letters.</param>
    /// <param name="cancellationToken">Cancels the call; letters put back by then stay so.</param>
    /// <returns>The number of letters that were put back.</returns>
    /// <exception cref="RabbitMqUnavailableException">The connection was lost. The letter that was being put back may be in both queues.</exception>
    public Task<int> ReplayAsync(Func<DeadLetter, bool> select, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(select);
        return PassAsync(int.MaxValue, async (letter, message) =>
        {
            if (letter.Queue.Length == 0 || !select(letter))
            {
                return DeadLetterAction.Keep;
            }

            // Confirmed before the letter is removed, so that the message is always in at least one of the queues.
            await _channel.BasicPublishAsync(
                "", letter.Queue, mandatory: true, MessageHeaders.WithoutFailures(message.BasicProperties), message.Body, cancellationToken);
            return DeadLetterAction.Remove;
        }, cancellationToken);
    }

    /// <summary>Removes dead letters for good.</summary>
    /// <param name="select">Selects the letters.</param>
    /// <param name="cancellationToken">Cancels the call; letters removed by then stay so.</param>
    /// <returns>The number of letters that were removed.</returns>
    /// <exception cref="RabbitMqUnavailableException">The connection was lost.</exception>
    public Task<int> DropAsync(Func<DeadLetter, bool> select, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(select);
        return PassAsync(
            int.MaxValue, (letter, _) => Task.FromResult(select(letter) ? DeadLetterAction.Remove : DeadLetterAction.Keep), cancellationToken);
    }

    /// <summary>
    /// Makes one pass over the letters that are in the queue now, oldest first, and lets the application decide about each. For a
    /// collector that records letters elsewhere, including those that the broker dead-lettered by itself, which no
    /// <see cref="IDeadLetterObserver"/> is told of.
    /// </summary>
    /// <param name="decide">
    /// Decides about one letter, after recording it if it is to be removed: a removed letter is gone. May see a letter again in a later
    /// pass although it returned <see cref="DeadLetterAction.Remove"/>, if the connection is lost before the broker has removed it.
    /// If it throws, the pass ends, and this letter stays.
    /// </param>
    /// <param name="cancellationToken">Cancels the pass; letters removed by then stay so.</param>
    /// <returns>The number of letters that were removed.</returns>
    /// <exception cref="RabbitMqUnavailableException">The connection was lost. Open another to go on.</exception>
    public Task<int> ConsumeAsync(Func<DeadLetter, CancellationToken, Task<DeadLetterAction>> decide, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return PassAsync(int.MaxValue, (letter, _) => decide(letter, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task<int> PassAsync(int max, Func<DeadLetter, BasicGetResult, Task<DeadLetterAction>> decide, CancellationToken cancellationToken)
    {
        try
        {
            return await PassOnChannelAsync(max, decide, cancellationToken);
        }
        catch (Exception exception) when (exception is RabbitMQClientException || exception is not OperationCanceledException && !_channel.IsOpen)
        {
            throw new RabbitMqUnavailableException($"The connection to the dead letters in '{_queue}' was lost: {exception.Message}", exception);
        }
    }

    private async Task<int> PassOnChannelAsync(int max, Func<DeadLetter, BasicGetResult, Task<DeadLetterAction>> decide, CancellationToken cancellationToken)
    {
        var (removed, kept) = (0, new List<ulong>());
        try
        {
            // As many as there are now: a letter that is replayed and fails again is not seen twice.
            for (var left = max; left > 0 && await _channel.BasicGetAsync(_queue, autoAck: false, cancellationToken) is { } message;)
            {
                left = Math.Min(left - 1, (int)message.MessageCount);
                kept.Add(message.DeliveryTag);
                if (await decide(DeadLetter.Read(message.BasicProperties, message.Body.Length), message) == DeadLetterAction.Remove)
                {
                    await _channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
                    kept.RemoveAt(kept.Count - 1);
                    removed++;
                }
            }
        }
        finally
        {
            if (_channel.IsOpen)
            {
                foreach (var tag in kept)
                {
                    await _channel.BasicNackAsync(tag, multiple: false, requeue: true, CancellationToken.None);
                }
            }
        }

        return removed;
    }
}
