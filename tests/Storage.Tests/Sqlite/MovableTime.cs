namespace Chitti.Storage.Tests;

/// <summary>A clock that stands where the test sets it.</summary>
internal sealed class MovableTime : TimeProvider
{
    private long _ticks = Rows.Time.UtcTicks;

    public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
}
