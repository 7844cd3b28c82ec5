namespace Chitti.Storage;

/// <summary>Rules for the leases on work and on idempotency keys.</summary>
internal static class LeaseRule
{
    /// <summary>A lease that ends further in the future than this was taken before the clock was set back, and is void.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentOutOfRangeException">The duration is not positive, or so long that the entry would become due meanwhile.</exception>
    public static void CheckDuration(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, IWorkLedger.MessagePatience);
    }
}
