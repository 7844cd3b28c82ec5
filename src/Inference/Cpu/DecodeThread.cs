using Chitti.Imaging;

namespace Chitti.Inference;

/// <summary>Takes images from encoded bytes to detections on one thread, with a decoder of its own and sessions of the pool.</summary>
/// <param name="model">The model to run.</param>
/// <param name="options">Options of the engine.</param>
/// <param name="sessions">Shared by the engine's threads.</param>
/// <param name="decodeAtMost">Time after which a decode is given up for another lane, without the wait for memory; null for no such limit.</param>
/// <param name="stopping">Ends waits for memory: whoever holds it may not give it back before the process ends.</param>
internal sealed class DecodeThread(
    OnnxModel model, CpuEngineOptions options, SessionPool sessions, TimeSpan? decodeAtMost, CancellationToken stopping) : IDisposable
{
    private readonly ImageRun _run = new(model, sessions, options.Time);
    private readonly ImageDecoder _decoder = new(options.Limits, options.Time, options.Budget, giveUpAfter: decodeAtMost, stopping: stopping);

    // Of the image that is being decoded.
    private TilePlan? _plan;

    /// <summary>Null where the image is not one for this lane.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any more.</exception>
    public DetectionOutcome? Detect(WorkItem item)
    {
        item.Abandoned.ThrowIfCancellationRequested();
        var started = options.Time.GetTimestamp();
        if (!TryDecode(item, out var image, out var fault))
        {
            return fault is null ? null : new() { Fault = fault };
        }

        return new() { Result = _run.Detect(image, _plan!, item, started) };
    }

    public void Dispose() => _decoder.Dispose();

    /// <returns>False without a fault where the decode took too long for this lane, or needs memory that slow ones hold.</returns>
    private bool TryDecode(WorkItem item, out DecodedImage image, out ImageFault? fault)
    {
        try
        {
            return _decoder.TryDecode(item.Encoded, (width, height) => Enough(width, height, item.Options), out image, out fault, item.Abandoned);
        }
        catch (OperationCanceledException) when (decodeAtMost is not null && !item.Abandoned.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            (image, fault) = (default, null);
            return false;
        }
    }

    /// <summary>Plans the parts, and says at which scale the image must be decoded for them.</summary>
    private (int Width, int Height) Enough(int width, int height, DetectionOptions wanted)
    {
        _plan = TilePlan.For(width, height, model.Input, model.Description.PixelScale, wanted);
        if (wanted.DecodeFullScale || _plan.Tiles.Count > 0)
        {
            return (width, height);
        }

        var letterbox = Letterbox.Fit(width, height, model.Input);
        return (letterbox.Width, letterbox.Height);
    }
}
