using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

[GrainType(DetectorAnnouncements.DirectoryType)]
internal sealed class DetectorDirectoryGrain(TimeProvider time) : Grain, IDetectorDirectoryGrain
{
    private readonly Dictionary<string, (DetectorSnapshot Detector, long AnnouncedAt)> _announced = new(StringComparer.Ordinal);

    public Task AnnounceAsync(DetectorSnapshot detector, CancellationToken cancellationToken)
    {
        _announced[detector.Key] = (detector, time.GetTimestamp());
        foreach (var key in _announced.Where(pair => !Holds(pair.Value.AnnouncedAt)).Select(pair => pair.Key).ToList())
        {
            _announced.Remove(key);
        }

        return Task.CompletedTask;
    }

    public Task WithdrawAsync(string key, CancellationToken cancellationToken)
    {
        _announced.Remove(key);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DetectorSnapshot>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DetectorSnapshot>>(
    [
        .. _announced.Values.Where(announced => Holds(announced.AnnouncedAt)).Select(announced => announced.Detector)
            .OrderBy(detector => detector.Key, StringComparer.Ordinal),
    ]);

    private bool Holds(long announcedAt) => time.GetElapsedTime(announcedAt) <= DetectorAnnouncements.Lifetime;
}
