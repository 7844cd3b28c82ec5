namespace Chitti.Grains.Tests;

/// <summary>Lets nothing onto the streams while it lasts.</summary>
internal sealed class StreamOutage : IOutgoingGrainCallFilter
{
    private volatile bool _over;

    public void End() => _over = true;

    public Task Invoke(IOutgoingGrainCallContext context) =>
        !_over && context.MethodName == "Enqueue" ? throw new IOException("The test says no.") : context.Invoke();
}
