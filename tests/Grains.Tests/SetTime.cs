namespace Chitti.Grains.Tests;

/// <summary>
/// A clock that stands where the test sets it. Timers run in real time: the silo needs them. Set it at most a minute ahead:
/// a silo whose clock is minutes off takes itself for dead, and ends the process.
/// </summary>
internal sealed class SetTime : TimeProvider
{
    private long _ticks = System.GetUtcNow().UtcTicks;

    public DateTimeOffset Now
    {
        get => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _ticks, value.UtcTicks);
    }

    public override DateTimeOffset GetUtcNow() => Now;
}
