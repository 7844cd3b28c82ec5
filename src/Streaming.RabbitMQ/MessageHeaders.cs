using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>The headers of messages, which the provider and operators read without the body.</summary>
internal static class MessageHeaders
{
    public const string Namespace = "stream-namespace";
    public const string Key = "stream-key";
    public const string EventIds = "event-ids";
    public const string Queue = "stream-queue";
    public const string Attempts = "failed-attempts";
    public const string Reason = "failure-reason";
    public const string FailedAt = "failed-at";

    // RabbitMQ takes all headers of a message in one frame, of 128 KiB unless configured otherwise.
    private const int MaxEventIdsBytes = 32_768;
    private const int MaxReasonLength = 1_000;

    private static readonly string[] _ofPublisher = [Namespace, Key, EventIds];
    private static readonly string[] _ofBroker = ["x-death", "x-first-death-", "x-last-death-"];

    public static string? Text(IReadOnlyBasicProperties properties, string header) =>
        properties.Headers?.TryGetValue(header, out var value) == true ? Text(value) : null;

    public static int Number(IReadOnlyBasicProperties properties, string header) =>
        int.TryParse(Text(properties, header), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static IReadOnlyList<string> List(IReadOnlyBasicProperties properties, string header) =>
        properties.Headers?.TryGetValue(header, out var value) == true && value is System.Collections.IEnumerable and not (string or byte[])
            ? [.. ((System.Collections.IEnumerable)value).Cast<object?>().Select(Text).OfType<string>()]
            : [];

    /// <summary>The headers of a new message.</summary>
    /// <exception cref="ArgumentException">The ids of the events are too long to be a header.</exception>
    public static Dictionary<string, object?> Create(StreamId stream, IReadOnlyCollection<object> events, Func<object, string?>? eventId)
    {
        var headers = new Dictionary<string, object?> { [Namespace] = stream.GetNamespace(), [Key] = stream.GetKeyAsString() };
        if (eventId is not null)
        {
            var ids = events.Select(eventId).OfType<string>().ToList();
            var bytes = ids.Sum(Encoding.UTF8.GetByteCount);
            if (bytes > MaxEventIdsBytes)
            {
                // Not truncated, because a dead letter would not name the events left out.
                throw new ArgumentException(
                    $"The ids of the {events.Count} events have {bytes} bytes; at most {MaxEventIdsBytes} fit into a message. Publish fewer events at once, or use shorter ids.",
                    nameof(events));
            }

            headers[EventIds] = ids;
        }

        return headers;
    }

    /// <summary>The properties of the message with one more failure.</summary>
    public static BasicProperties WithFailure(IReadOnlyBasicProperties properties, string queue, int attempts, string reason, DateTimeOffset at)
    {
        // A new id: for a moment the receiver holds both this message and the one that it replaces.
        var id = properties.MessageId?.Split('+')[0] ?? Guid.NewGuid().ToString("N");
        return new BasicProperties(properties)
        {
            MessageId = $"{id}+{attempts}",
            Headers = new Dictionary<string, object?>(Headers(properties).Where(header => !_ofBroker.Any(beginning => header.Key.StartsWith(beginning, StringComparison.Ordinal))))
            {
                [Queue] = queue,
                [Attempts] = attempts,
                [Reason] = reason.Length > MaxReasonLength ? $"{reason[..MaxReasonLength]}…" : reason,
                [FailedAt] = at.ToString("O", CultureInfo.InvariantCulture),
            },
        };
    }

    /// <summary>The properties of the message as it was first published.</summary>
    public static BasicProperties WithoutFailures(IReadOnlyBasicProperties properties) => new(properties)
    {
        Headers = Headers(properties).Where(header => _ofPublisher.Contains(header.Key)).ToDictionary(header => header.Key, header => header.Value),
    };

    private static IEnumerable<KeyValuePair<string, object?>> Headers(IReadOnlyBasicProperties properties) => properties.Headers ?? new Dictionary<string, object?>();

    private static string? Text(object? value) =>
        value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture);
}
