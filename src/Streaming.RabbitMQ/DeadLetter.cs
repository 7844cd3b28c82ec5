using System.Globalization;
using RabbitMQ.Client;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>A message that the provider or the broker gave up.</summary>
/// <param name="Id">Id of the message. Two letters with one id are the same message, dead-lettered twice.</param>
/// <param name="Queue">The queue that the message came from; empty if unknown.</param>
/// <param name="StreamNamespace">Namespace of its stream; empty if the message was not published by this provider.</param>
/// <param name="StreamKey">Key of its stream; empty if the message was not published by this provider.</param>
/// <param name="EventIds">Ids of its events, as <see cref="RabbitMqStreamOptions.EventId"/> gave them when they were published.</param>
/// <param name="Attempts">Number of recorded failures.</param>
/// <param name="Reason">
/// The last failure. If the broker gave the message up, the broker's reason, <c>delivery_limit</c>, <c>expired</c> or <c>maxlen</c>,
/// followed by the last recorded failure, if any.
/// </param>
/// <param name="FailedAt">Time of the last failure; null if the broker gave the message up.</param>
/// <param name="Size">Length of the body in bytes.</param>
public sealed record DeadLetter(
    string Id,
    string Queue,
    string StreamNamespace,
    string StreamKey,
    IReadOnlyList<string> EventIds,
    int Attempts,
    string Reason,
    DateTimeOffset? FailedAt,
    int Size)
{
    internal static DeadLetter Read(IReadOnlyBasicProperties properties, int size)
    {
        var failure = MessageHeaders.Text(properties, MessageHeaders.Reason);
        var ofBroker = MessageHeaders.Text(properties, "x-first-death-reason");
        return new(
            properties.MessageId ?? "",
            MessageHeaders.Text(properties, "x-first-death-queue") ?? MessageHeaders.Text(properties, MessageHeaders.Queue) ?? "",
            MessageHeaders.Text(properties, MessageHeaders.Namespace) ?? "",
            MessageHeaders.Text(properties, MessageHeaders.Key) ?? "",
            MessageHeaders.List(properties, MessageHeaders.EventIds),
            MessageHeaders.Number(properties, MessageHeaders.Attempts),
            (ofBroker, failure) switch
            {
                (null, _) => failure ?? "",
                (_, null) => ofBroker,
                _ => $"{ofBroker}; last failure: {failure}",
            },
            ofBroker is null && DateTimeOffset.TryParse(MessageHeaders.Text(properties, MessageHeaders.FailedAt), CultureInfo.InvariantCulture, out var at) ? at : null,
            size);
    }
}
