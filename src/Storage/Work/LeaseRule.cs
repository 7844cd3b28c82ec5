namespace Chitti.Storage;

/// <summary>What holds for every lease, whatever it is on.</summary>
internal static class LeaseRule
{
    /// <summary>A lease that ends later than this from now was given before the clock was set back, and is void.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentOutOfRangeException">The duration is not above zero, or so long that the entry would count as due meanwhile.</exception>
    public static void CheckDuration(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, IWorkLedger.MessagePatience);
    }
}
