using System.ComponentModel.DataAnnotations;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>How a stream provider reaches RabbitMQ and treats its messages. A silo and its clients must agree on the queues.</summary>
public sealed class RabbitMqStreamOptions : IValidatableObject
{
    /// <summary>Where the broker is: <c>amqp://user:password@host:port/vhost</c>, or <c>amqps://</c>.</summary>
    [Required]
    public Uri? Uri { get; set; }

    /// <summary>Stream namespaces that are carried, and beginnings of their queues' names: <c>orders-0</c>, <c>orders-1</c>, ….</summary>
    public IList<string> Namespaces { get; } = [];

    /// <summary>Queues of one namespace. A stream's events all go to one of them. Changing it sends streams to other queues.</summary>
    [Range(1, 1_024)]
    public int QueuesPerNamespace { get; set; } = 8;

    /// <summary>Messages of one queue that are held unacknowledged: what the broker sends ahead, and the size of the cache.</summary>
    [Range(10, 10_000)]
    public int Prefetch { get; set; } = 256;

    /// <summary>Recorded failures of a message after which it becomes a dead letter.</summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Queue of the dead letters.</summary>
    [Required]
    public string DeadLetterQueue { get; set; } = "dead-letters";

    /// <summary>
    /// The broker's own limit of deliveries, declared with the queues; null leaves the broker's default. It counts outages and
    /// hand-overs too. RabbitMQ 4 has a default of 20, and -1 there means none; RabbitMQ 3 has none, and takes no -1.
    /// </summary>
    public int? DeliveryLimit { get; set; }

    /// <summary>
    /// Tells an outage, which is waited out and costs no attempt, from a failure of the message itself.
    /// Given is what the consumer threw. Default: <see cref="OutageRule.IsOutage"/>.
    /// </summary>
    public Func<Exception, bool> IsOutage { get; set; } = OutageRule.IsOutage;

    /// <summary>How long a starting silo or client tries to reach the broker before it fails.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a publisher waits for the broker's confirm before it is told of a failure.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Published messages that may wait for their confirm at once; more wait for a place.</summary>
    [Range(1, 100_000)]
    public int MaxUnconfirmed { get; set; } = 256;

    /// <summary>After twice this time in silence a peer counts as dead; a hung owner keeps its queues for about so long.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause between tries to reach a lost broker, and between deliveries during an outage.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the length of an owned queue is asked for.</summary>
    public TimeSpan LagInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Uri is not null && Uri.Scheme is not ("amqp" or "amqps"))
        {
            yield return new($"has the scheme '{Uri.Scheme}'; it must be amqp or amqps.", [nameof(Uri)]);
        }

        if (Namespaces.Count == 0 || Namespaces.Any(string.IsNullOrWhiteSpace) || Namespaces.Distinct().Count() != Namespaces.Count)
        {
            yield return new($"are '{string.Join(", ", Namespaces)}'; there must be at least one, none empty, each once.", [nameof(Namespaces)]);
        }

        foreach (var (name, value) in new[]
        {
            (nameof(StartTimeout), StartTimeout), (nameof(PublishTimeout), PublishTimeout), (nameof(Heartbeat), Heartbeat),
            (nameof(MaxRetryDelay), MaxRetryDelay), (nameof(LagInterval), LagInterval),
        })
        {
            if (value <= TimeSpan.Zero)
            {
                yield return new($"is {value}; it must be above zero.", [name]);
            }
        }
    }
}
