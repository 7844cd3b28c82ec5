using Chitti.Imaging;

namespace Chitti.Inference;

/// <summary>How a detection ended: exactly one of a result, a fault of the image, or a refusal.</summary>
public sealed record DetectionOutcome
{
    /// <summary>The queue was full and the call was not to wait.</summary>
    public static DetectionOutcome Busy { get; } = new();

    /// <summary>What was found; null otherwise.</summary>
    public DetectionResult? Result { get; init; }

    /// <summary>What is wrong with the image; null otherwise.</summary>
    public ImageFault? Fault { get; init; }

    /// <summary>
    /// Set when <see cref="DetectionOptions.Patience"/> was too short: an estimate of the time until the images ahead would
    /// leave enough.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>With <see cref="RetryAfter"/>, whether the image was begun: then it waited for memory, or is slow itself.</summary>
    public bool Begun { get; init; }
}
