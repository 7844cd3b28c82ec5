namespace Chitti.Imaging;

/// <summary>Makes decoders that keep to the same limits and share one budget of memory.</summary>
/// <param name="limits">What an image may be at most; null for the defaults.</param>
/// <param name="budget">Shared by all who decode in this process; null for one of its own.</param>
/// <param name="time">Clock of the time limit; null for the system's.</param>
public sealed class ImageDecoders(ImageLimits? limits = null, PixelBudget? budget = null, TimeProvider? time = null)
{
    private readonly PixelBudget _budget = budget ?? new();

    /// <summary>What an image may be at most.</summary>
    public ImageLimits Limits { get; } = limits ?? new();

    /// <summary>A decoder for one thread, to be disposed.</summary>
    public ImageDecoder Create() => new(Limits, time ?? TimeProvider.System, _budget);
}
