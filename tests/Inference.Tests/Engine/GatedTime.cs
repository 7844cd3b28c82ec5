namespace Chitti.Inference.Tests;

/// <summary>A clock that holds an engine's threads while it is closed.</summary>
internal sealed class GatedTime : TimeProvider, IDisposable
{
    private readonly ManualResetEventSlim _open = new(true);
    private readonly ManualResetEventSlim _held = new();

    /// <summary>Whether time passes for those who set a timer.</summary>
    public bool TimersFire { get; init; } = true;

    public override long GetTimestamp()
    {
        if (!_open.IsSet && Thread.CurrentThread.Name?.StartsWith("detection", StringComparison.Ordinal) == true)
        {
            _held.Set();
            _open.Wait();
        }
        return base.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimersFire ? dueTime : Timeout.InfiniteTimeSpan, period);

    public void Close() => _open.Reset();

    public void Open() => _open.Set();

    public void WaitUntilHeld() => _held.Wait();

    public void Dispose()
    {
        _open.Dispose();
        _held.Dispose();
    }
}
