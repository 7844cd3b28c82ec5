using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>The metrics of all providers in this process. Each has the tag <c>queue</c>.</summary>
internal sealed class RabbitMqStreamMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Orleans.Streaming.RabbitMQ";

    private readonly ConcurrentDictionary<string, long> _lags = new();
    private readonly ConcurrentDictionary<string, Func<TimeSpan>> _outages = new();
    private readonly Counter<long> _published;
    private readonly Counter<long> _confirmed;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _redelivered;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _deadLettered;

    public RabbitMqStreamMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _published = meter.CreateCounter<long>("rabbitmq_streams_published", "{message}", "Messages sent to the broker.");
        _confirmed = meter.CreateCounter<long>("rabbitmq_streams_confirmed", "{message}", "Messages that the broker confirmed.");
        _delivered = meter.CreateCounter<long>("rabbitmq_streams_delivered", "{message}", "Messages that a consumer took and that were acknowledged.");
        _redelivered = meter.CreateCounter<long>("rabbitmq_streams_redelivered", "{message}", "Messages that the broker delivered again.");
        _failed = meter.CreateCounter<long>("rabbitmq_streams_failed", "{message}", "Failures recorded on messages.");
        _deadLettered = meter.CreateCounter<long>("rabbitmq_streams_dead_lettered", "{message}", "Messages that the provider made dead letters.");
        meter.CreateObservableGauge(
            "rabbitmq_streams_lag", ObserveLags, "{message}", "Unacknowledged messages of the queues that this silo owns.");
        meter.CreateObservableGauge(
            "rabbitmq_streams_outage_seconds", ObserveOutages, "s", "How long an outage has held a message, for the message held longest; 0 when none is held.");
    }

    public void Published(string queue) => _published.Add(1, Tag(queue));

    public void Confirmed(string queue) => _confirmed.Add(1, Tag(queue));

    public void Delivered(string queue) => _delivered.Add(1, Tag(queue));

    public void Redelivered(string queue) => _redelivered.Add(1, Tag(queue));

    public void Failed(string queue) => _failed.Add(1, Tag(queue));

    public void DeadLettered(string queue) => _deadLettered.Add(1, Tag(queue));

    public void SetLag(string queue, long messages) => _lags[queue] = messages;

    public void ForgetLag(string queue) => _lags.TryRemove(queue, out _);

    public void AddOutage(string queue, Func<TimeSpan> longestHold) => _outages[queue] = longestHold;

    public void ForgetQueue(string queue)
    {
        _lags.TryRemove(queue, out _);
        _outages.TryRemove(queue, out _);
    }

    private static KeyValuePair<string, object?> Tag(string queue) => new("queue", queue);

    private IEnumerable<Measurement<long>> ObserveLags() => _lags.Select(lag => new Measurement<long>(lag.Value, Tag(lag.Key)));

    private IEnumerable<Measurement<double>> ObserveOutages() =>
        _outages.Select(outage => new Measurement<double>(outage.Value().TotalSeconds, Tag(outage.Key)));
}
