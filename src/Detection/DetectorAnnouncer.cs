using Chitti.Grains.Abstractions;
using Microsoft.Extensions.Logging;

namespace Chitti.Detection;

/// <summary>
/// Lists this silo's detector in the directory from the silo's start to the beginning of its stop, and keeps its queue length
/// there up to date. Its models are registered before. What fails, perhaps because no core silo is up yet, is tried again.
/// </summary>
/// <param name="silo">Names the silo.</param>
/// <param name="engines">What the detector runs.</param>
/// <param name="models">Registers the models.</param>
/// <param name="accelerator">What runs its models.</param>
/// <param name="grains">The way to the directory.</param>
/// <param name="time">Clock of the announcements.</param>
/// <param name="logger">Told of announcements that fail.</param>
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
    // How often the queue is looked at, and how many images longer or shorter it must be to be worth telling at once.
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(500);
    private const int Much = 8;

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
        using var timer = new PeriodicTimer(_lookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                if (time.GetElapsedTime(_announcedAt) >= DetectorAnnouncements.Period || Math.Abs(engines.QueueLength - _announcedLength) >= Much)
                {
                    await AnnounceAsync(stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo stops.
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
            // The next one is due soon.
            LogNotAnnounced(logger, exception, Key);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Detector {Key} could not announce itself")]
    private static partial void LogNotAnnounced(ILogger logger, Exception exception, string key);

    [LoggerMessage(LogLevel.Warning, "Detector {Key} could not withdraw from the directory; it is forgotten after a while")]
    private static partial void LogNotWithdrawn(ILogger logger, Exception exception, string key);
}
