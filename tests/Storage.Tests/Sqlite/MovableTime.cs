namespace Chitti.Storage.Tests;

/// <summary>A clock that the test sets.</summary>
internal sealed class MovableTime : TimeProvider
{
    private long _ticks = Rows.Time.UtcTicks;

    public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
}
