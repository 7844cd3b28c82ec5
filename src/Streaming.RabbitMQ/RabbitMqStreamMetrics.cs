using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>Counts of what is published and delivered. Every one has the tag <c>queue</c>.</summary>
internal sealed class RabbitMqStreamMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Orleans.Streaming.RabbitMQ";

    private readonly ConcurrentDictionary<string, long> _lags = new();
    private readonly Counter<long> _published;
    private readonly Counter<long> _confirmed;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _redelivered;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _deadLettered;

    public RabbitMqStreamMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _published = meter.CreateCounter<long>("rabbitmq_streams_published", "{message}", "Messages given to the broker.");
        _confirmed = meter.CreateCounter<long>("rabbitmq_streams_confirmed", "{message}", "Messages that the broker confirmed.");
        _delivered = meter.CreateCounter<long>("rabbitmq_streams_delivered", "{message}", "Messages worked off and acknowledged.");
        _redelivered = meter.CreateCounter<long>("rabbitmq_streams_redelivered", "{message}", "Messages that came again.");
        _failed = meter.CreateCounter<long>("rabbitmq_streams_failed", "{message}", "Recorded failures of messages.");
        _deadLettered = meter.CreateCounter<long>("rabbitmq_streams_dead_lettered", "{message}", "Messages made dead letters.");
        meter.CreateObservableGauge(
            "rabbitmq_streams_lag", ObserveLags, "{message}", "Messages of the queues owned here that are not acknowledged.");
    }

    public void Published(string queue) => _published.Add(1, Tag(queue));

    public void Confirmed(string queue) => _confirmed.Add(1, Tag(queue));

    public void Delivered(string queue) => _delivered.Add(1, Tag(queue));

    public void Redelivered(string queue) => _redelivered.Add(1, Tag(queue));

    public void Failed(string queue) => _failed.Add(1, Tag(queue));

    public void DeadLettered(string queue) => _deadLettered.Add(1, Tag(queue));

    public void SetLag(string queue, long messages) => _lags[queue] = messages;

    public void ForgetLag(string queue) => _lags.TryRemove(queue, out _);

    private static KeyValuePair<string, object?> Tag(string queue) => new("queue", queue);

    private IEnumerable<Measurement<long>> ObserveLags() => _lags.Select(lag => new Measurement<long>(lag.Value, Tag(lag.Key)));
}
