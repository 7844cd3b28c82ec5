namespace Chitti.Grains.Tests;

/// <summary>
/// A clock that the test sets. Timers run in real time, because the silo needs them. Set it at most a minute ahead: a silo
/// whose clock is off by minutes declares itself dead and ends the process.
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
