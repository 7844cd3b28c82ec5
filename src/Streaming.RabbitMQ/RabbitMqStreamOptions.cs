using System.ComponentModel.DataAnnotations;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>Options of a stream provider over RabbitMQ. A silo and its clients must agree on the namespaces and queues.</summary>
public sealed class RabbitMqStreamOptions : IValidatableObject
{
    /// <summary>Address of the broker: <c>amqp://user:password@host:port/vhost</c>, or <c>amqps://</c>.</summary>
    [Required]
    public Uri? Uri { get; set; }

    /// <summary>Stream namespaces that the provider carries. The queues are named after them: <c>orders-0</c>, <c>orders-1</c>, ….</summary>
    public IList<string> Namespaces { get; } = [];

    /// <summary>Number of queues per namespace. All events of a stream go to one of them; another number maps streams to other queues.</summary>
    [Range(1, 1_024)]
    public int QueuesPerNamespace { get; set; } = 8;

    /// <summary>Number of messages per queue that may be unacknowledged at once. It is also the size of the cache.</summary>
    [Range(10, 10_000)]
    public int Prefetch { get; set; } = 256;

    /// <summary>Number of recorded failures after which a message becomes a dead letter.</summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Name of the queue of dead letters.</summary>
    [Required]
    public string DeadLetterQueue { get; set; } = "dead-letters";

    /// <summary>
    /// The broker's own limit of deliveries of a message, or null for the broker's default. It also counts hand-overs of queues and
    /// lost connections. RabbitMQ 4 has a default of 20, and -1 means no limit, also for the queue of dead letters; RabbitMQ 3 has no
    /// limit by default and rejects -1. Queues that exist with another limit must be deleted or governed by a policy instead.
    /// </summary>
    public int? DeliveryLimit { get; set; }

    /// <summary>
    /// Decides whether an exception of a consumer is an outage or a failure of the message. An outage is waited out and costs the
    /// message no attempt. The default is <see cref="OutageRule.IsOutage"/>; to add exceptions of the application to it:
    /// <code>options.IsOutage = exception =>
    ///     OutageRule.IsOutage(exception) || OutageRule.Causes(exception).Any(cause => cause is StoreUnavailableException);</code>
    /// </summary>
    /// <remarks>An exception from another silo is what Orleans' serializer makes of it: its type must be known and serializable.</remarks>
    public Func<Exception, bool> IsOutage { get; set; } = OutageRule.IsOutage;

    /// <summary>
    /// Gives the id of an event, or null if it has none. The ids are written to the headers of its message, so that
    /// <see cref="DeadLetter.EventIds"/> tells them even if the body can't be read. Default: no ids. Publishing throws an
    /// <see cref="ArgumentException"/> if the ids of all events published at once exceed 32 KiB.
    /// </summary>
    public Func<object, string?>? EventId { get; set; }

    /// <summary>How long a starting silo or client tries to reach the broker before it fails.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long publishing waits for the broker to confirm a message before it fails.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Number of published messages that may be unconfirmed at once; further ones wait.</summary>
    [Range(1, 100_000)]
    public int MaxUnconfirmed { get; set; } = 256;

    /// <summary>Interval of the heartbeats. A peer that is silent for twice as long counts as dead. A hung silo keeps its queues until then.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause between attempts to reach a lost broker, and between deliveries of one message during an outage.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Interval at which a silo asks for the length of its queues, for the metrics.</summary>
    public TimeSpan LagInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Uri is not null && Uri.Scheme is not ("amqp" or "amqps"))
        {
            yield return new($"{nameof(Uri)} has the scheme '{Uri.Scheme}'; it must be amqp or amqps.", [nameof(Uri)]);
        }

        if (Namespaces.Count == 0 || Namespaces.Any(string.IsNullOrWhiteSpace) || Namespaces.Distinct().Count() != Namespaces.Count)
        {
            yield return new(
                $"{nameof(Namespaces)} is '{string.Join(", ", Namespaces)}'; it must have at least one entry, none of them empty or repeated.", [nameof(Namespaces)]);
        }

        foreach (var (name, value) in new[]
        {
            (nameof(StartTimeout), StartTimeout), (nameof(PublishTimeout), PublishTimeout), (nameof(Heartbeat), Heartbeat),
            (nameof(MaxRetryDelay), MaxRetryDelay), (nameof(LagInterval), LagInterval),
        })
        {
            if (value <= TimeSpan.Zero)
            {
                yield return new($"{name} is {value}; it must be positive.", [name]);
            }
        }
    }
}
