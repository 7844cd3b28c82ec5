using Chitti.Grains.Abstractions;
using Microsoft.Extensions.Logging;

namespace Chitti.Detection;

/// <summary>
/// Announces this silo's detector to the directory from the silo's start until it begins to stop, and keeps its queue length
/// there up to date. Its models are registered first. Whatever fails, for example because no core silo is up yet, is
/// retried.
/// </summary>
internal sealed partial class DetectorAnnouncer(
    ILocalSiloDetails silo,
    DetectionEngines engines,
    ModelRegistration models,
    string accelerator,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<DetectorAnnouncer> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    // How often the queue length is checked, and which change in images is announced at once.
    private static readonly TimeSpan _checkEvery = TimeSpan.FromMilliseconds(500);
    private const int NotableChange = 8;

    private readonly CancellationTokenSource _stopping = new();
    private Task _announcing = Task.CompletedTask;
    private bool _registered;
    private int _announcedLength;
    private long _announcedAt;

    private string Key => DetectorKey.Create(silo.Name, accelerator);

    private IDetectorDirectoryGrain Directory => grains.GetGrain<IDetectorDirectoryGrain>(0);

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(DetectorAnnouncer), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    public void Dispose() => _stopping.Dispose();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await AnnounceAsync(cancellationToken);
        _announcing = KeepAnnouncingAsync(_stopping.Token);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _announcing;
        try
        {
            await Directory.WithdrawAsync(Key, cancellationToken);
        }
        catch (Exception exception)
        {
            LogNotWithdrawn(logger, exception, Key);
        }
    }

    private async Task KeepAnnouncingAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(_checkEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                if (time.GetElapsedTime(_announcedAt) >= DetectorAnnouncements.Period || Math.Abs(engines.QueueLength - _announcedLength) >= NotableChange)
                {
                    await AnnounceAsync(stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo is stopping.
        }
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        (_announcedLength, _announcedAt) = (engines.QueueLength, time.GetTimestamp());
        try
        {
            if (!_registered)
            {
                await models.RegisterAsync(cancellationToken);
                _registered = true;
            }

            await Directory.AnnounceAsync(new(Key, [.. engines.UsableModelIds], _announcedLength, accelerator), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The next announcement is due soon.
            LogNotAnnounced(logger, exception, Key);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not announce detector {Key} to the directory; trying again")]
    private static partial void LogNotAnnounced(ILogger logger, Exception exception, string key);

    [LoggerMessage(LogLevel.Warning, "Could not withdraw detector {Key} from the directory; its entry will expire")]
    private static partial void LogNotWithdrawn(ILogger logger, Exception exception, string key);
}
