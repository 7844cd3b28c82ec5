namespace Chitti.Grains.Tests;

/// <summary>While it lasts, nothing can be published.</summary>
internal sealed class StreamOutage : IOutgoingGrainCallFilter
{
    private volatile bool _lasts;

    public void Begin() => _lasts = true;

    public void End() => _lasts = false;

    public Task Invoke(IOutgoingGrainCallContext context) =>
        _lasts && context.MethodName == "Enqueue" ? throw new IOException("The test says no.") : context.Invoke();
}
