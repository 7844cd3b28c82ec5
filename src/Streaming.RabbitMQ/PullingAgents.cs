using System.Collections.Concurrent;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>The pulling agents of this silo that read RabbitMQ queues, to tell their calls apart from those of other stream providers.</summary>
internal sealed class PullingAgents
{
    private readonly ConcurrentDictionary<GrainId, byte> _agents = new();

    public void Add(GrainId agent) => _agents[agent] = 0;

    public bool Contains(GrainId? agent) => agent is { } id && _agents.ContainsKey(id);
}
