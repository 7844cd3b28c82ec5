using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// The detectors that are up. Kept in memory only: after the grain has moved, the list is complete again within
/// <see cref="DetectorAnnouncements.Period"/>. Key: 0.
/// </summary>
[Alias("chitti.detector-directory-grain")]
public interface IDetectorDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Adds or updates a detector, for <see cref="DetectorAnnouncements.Lifetime"/>.</summary>
    [Alias("announce")]
    Task AnnounceAsync(DetectorSnapshot detector, CancellationToken cancellationToken = default);

    /// <summary>Removes a detector. Does nothing if it is not listed.</summary>
    [Alias("withdraw")]
    Task WithdrawAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>All detectors announced within <see cref="DetectorAnnouncements.Lifetime"/>, ordered by key.</summary>
    [Alias("list"), ReadOnly]
    Task<IReadOnlyList<DetectorSnapshot>> ListAsync(CancellationToken cancellationToken = default);
}
