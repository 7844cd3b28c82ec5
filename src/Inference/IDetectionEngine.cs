namespace Chitti.Inference;

/// <summary>Takes encoded images and gives detections. Safe to call from many threads.</summary>
public interface IDetectionEngine : IAsyncDisposable
{
    /// <summary>The model it runs.</summary>
    ModelDescription Model { get; }

    /// <summary>What runs the model, for example <c>cpu</c>.</summary>
    string ExecutionProvider { get; }

    /// <summary>Images that wait for a session now.</summary>
    int QueueLength { get; }

    /// <summary>Decodes an image and looks for objects in it, on threads of the engine's own.</summary>
    /// <param name="encodedImage">A whole image file; must not change until the task ends.</param>
    /// <param name="options">What to look for.</param>
    /// <param name="cancellationToken">Drops the image while it waits; a running one is finished.</param>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    /// <exception cref="ObjectDisposedException">The engine was stopped.</exception>
    Task<DetectionOutcome> DetectAsync(
        ReadOnlyMemory<byte> encodedImage, DetectionOptions options, CancellationToken cancellationToken = default);
}
