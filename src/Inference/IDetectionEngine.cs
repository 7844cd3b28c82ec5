namespace Chitti.Inference;

/// <summary>Runs a model on encoded images. Thread-safe.</summary>
public interface IDetectionEngine : IAsyncDisposable
{
    /// <summary>The model it runs.</summary>
    ModelDescription Model { get; }

    /// <summary>What runs the model, for example <c>cpu</c>.</summary>
    string ExecutionProvider { get; }

    /// <summary>Images that are waiting for a session now.</summary>
    int QueueLength { get; }

    /// <summary>Decodes an image and looks for objects in it, on the engine's own threads.</summary>
    /// <param name="encodedImage">A whole image file; must not change until the task ends.</param>
    /// <param name="options">What to look for.</param>
    /// <param name="cancellationToken">Drops the image if it is still waiting; once running, it is finished.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled while the image was waiting.</exception>
    /// <exception cref="ObjectDisposedException">The engine was stopped.</exception>
    Task<DetectionOutcome> DetectAsync(
        ReadOnlyMemory<byte> encodedImage, DetectionOptions options, CancellationToken cancellationToken = default);
}
