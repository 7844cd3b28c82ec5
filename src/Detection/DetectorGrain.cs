using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Inference;
using Chitti.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Chitti.Detection;

[GrainType(DetectorKey.GrainType)]
[Reentrant]
internal sealed partial class DetectorGrain(DetectionEngines engines, IObjectStore objects, ILogger<DetectorGrain> logger)
    : Grain, IDetectorGrain
{
    public Task<DetectionReply> DetectAsync(
        Immutable<byte[]> image, string sha256, DetectionSettings settings, CancellationToken cancellationToken) =>
        RunAsync(image.Value, sha256, settings, cancellationToken);

    public async Task<DetectionReply> DetectStoredAsync(
        string objectKey, string sha256, DetectionSettings settings, CancellationToken cancellationToken)
    {
        using var image = await objects.ReadAllAsync(objectKey, cancellationToken);
        return image is null
            ? new() { Status = DetectionStatus.Missing, Detail = "The bytes of the image are gone." }
            : await RunAsync(image.Memory, sha256, settings, cancellationToken);
    }

    private async Task<DetectionReply> RunAsync(
        ReadOnlyMemory<byte> image, string sha256, DetectionSettings settings, CancellationToken cancellationToken)
    {
        if (engines.GetOrLoadAsync(settings.ModelId) is not { } creating)
        {
            return new()
            {
                Status = DetectionStatus.UnknownModel,
                Detail = $"There is no model '{settings.ModelId}'; there are: {string.Join(", ", engines.ModelIds)}.",
            };
        }

        IDetectionEngine engine;
        try
        {
            engine = await creating;
        }
        catch (Exception exception)
        {
            LogNoEngine(logger, exception, settings.ModelId);
            return Unavailable(settings.ModelId);
        }

        try
        {
            return await engine.DetectAsync(image, DetectionMapping.ToOptions(settings), cancellationToken) switch
            {
                { Result: { } result } => DetectionMapping.ToReply(result, engine, sha256),
                { Fault: { } fault } => new() { Status = ToStatus(fault.Kind), Detail = fault.Detail },
                _ => new() { Status = DetectionStatus.Busy, Detail = "The detector's queue is full." },
            };
        }
        catch (ObjectDisposedException)
        {
            // The silo is stopping; the image is fine.
            return Unavailable(settings.ModelId);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogEngineFailed(logger, exception, sha256);
            return new() { Status = DetectionStatus.Failed, Detail = $"the engine failed on the image ({exception.GetType().Name})" };
        }
    }

    private static DetectionReply Unavailable(string modelId) =>
        new() { Status = DetectionStatus.Unavailable, Detail = $"Model '{modelId}' can't be run at the moment." };

    private static DetectionStatus ToStatus(ImageFaultKind kind) => kind switch
    {
        ImageFaultKind.UnknownFormat => DetectionStatus.UnknownFormat,
        ImageFaultKind.OverLimit => DetectionStatus.OverLimit,
        _ => DetectionStatus.Unreadable,
    };

    [LoggerMessage(LogLevel.Error, "There is no engine for model {ModelId}")]
    private static partial void LogNoEngine(ILogger logger, Exception exception, string modelId);

    [LoggerMessage(LogLevel.Error, "The engine failed on image {Sha256}")]
    private static partial void LogEngineFailed(ILogger logger, Exception exception, string sha256);
}
