using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>Headers of the messages: what people and the provider read without opening the body.</summary>
internal static class MessageHeaders
{
    public const string Namespace = "stream-namespace";
    public const string Key = "stream-key";
    public const string Queue = "stream-queue";
    public const string Attempts = "failed-attempts";
    public const string Reason = "failure-reason";
    public const string FailedAt = "failed-at";

    private const int MaxReason = 1_000;

    public static string? Text(IReadOnlyBasicProperties properties, string header) =>
        properties.Headers?.TryGetValue(header, out var value) == true
            ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)
            : null;

    public static int Number(IReadOnlyBasicProperties properties, string header) =>
        int.TryParse(Text(properties, header), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The same message with one more failure on it.</summary>
    public static BasicProperties WithFailure(IReadOnlyBasicProperties properties, string queue, int attempts, string reason, DateTimeOffset at)
    {
        // An id of its own: a receiver may have to tell the message from the one that it replaces.
        var copy = new BasicProperties(properties) { MessageId = $"{properties.MessageId?.Split('+')[0]}+{attempts}" };
        copy.Headers = new Dictionary<string, object?>(properties.Headers ?? new Dictionary<string, object?>())
        {
            [Queue] = queue,
            [Attempts] = attempts,
            [Reason] = reason.Length > MaxReason ? $"{reason[..MaxReason]}…" : reason,
            [FailedAt] = at.ToString("O", CultureInfo.InvariantCulture),
        };
        return copy;
    }

    /// <summary>The same message as when it was published first.</summary>
    public static BasicProperties WithoutFailures(IReadOnlyBasicProperties properties)
    {
        string[] ofPublisher = [Namespace, Key];
        return new BasicProperties(properties)
        {
            Headers = (properties.Headers ?? new Dictionary<string, object?>())
                .Where(header => ofPublisher.Contains(header.Key)).ToDictionary(header => header.Key, header => header.Value),
        };
    }
}
