using Chitti.Imaging;

namespace Chitti.Inference;

/// <summary>Takes images from encoded bytes to detections on one thread, with a decoder of its own and a session of the pool.</summary>
/// <param name="model">The model to run.</param>
/// <param name="options">Options of the engine.</param>
/// <param name="sessions">Shared by the engine's threads.</param>
/// <param name="decodeAtMost">Time after which a decode is given up for another lane, without the wait for memory; null for no such limit.</param>
/// <param name="stopping">Ends waits for memory: whoever holds it may not give it back before the process ends.</param>
internal sealed class DecodeThread(
    OnnxModel model, CpuEngineOptions options, SessionPool sessions, TimeSpan? decodeAtMost, CancellationToken stopping) : IDisposable
{
    private readonly ImageDecoder _decoder = new(options.Limits, options.Time, options.Budget, giveUpAfter: decodeAtMost, stopping: stopping);

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

        CpuSession session;
        var decoded = options.Time.GetTimestamp();
        try
        {
            session = sessions.Take(item.Abandoned);
        }
        catch
        {
            image.Dispose();
            throw;
        }

        try
        {
            return new() { Result = session.Detect(image, item.Options, item.Accepted, started, decoded) };
        }
        finally
        {
            sessions.Return(session);
        }
    }

    public void Dispose() => _decoder.Dispose();

    /// <returns>False without a fault where the decode took too long for this lane, or needs memory that slow ones hold.</returns>
    private bool TryDecode(WorkItem item, out DecodedImage image, out ImageFault? fault)
    {
        Func<int, int, (int, int)>? enough = item.Options.DecodeFullScale ? null : Enough;
        try
        {
            return _decoder.TryDecode(item.Encoded, enough, out image, out fault, item.Abandoned);
        }
        catch (OperationCanceledException) when (decodeAtMost is not null && !item.Abandoned.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            (image, fault) = (default, null);
            return false;
        }
    }

    private (int Width, int Height) Enough(int width, int height)
    {
        var letterbox = Letterbox.Fit(width, height, model.Input);
        return (letterbox.Width, letterbox.Height);
    }
}
