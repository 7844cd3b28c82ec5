using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// The detectors that are up. Nothing of it is stored: after the grain has moved it learns within
/// <see cref="DetectorAnnouncements.Period"/> who is there. Key: 0.
/// </summary>
[Alias("chitti.detector-directory-grain")]
public interface IDetectorDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Lists a detector, or renews what is known of it, for <see cref="DetectorAnnouncements.Lifetime"/>.</summary>
    [Alias("announce")]
    Task AnnounceAsync(DetectorSnapshot detector, CancellationToken cancellationToken = default);

    /// <summary>Takes a detector off the list; one that is not listed is fine.</summary>
    [Alias("withdraw")]
    Task WithdrawAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Every detector whose announcement is not older than its lifetime, by key.</summary>
    [Alias("list"), ReadOnly]
    Task<IReadOnlyList<DetectorSnapshot>> ListAsync(CancellationToken cancellationToken = default);
}
