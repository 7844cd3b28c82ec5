namespace Chitti.Imaging;

/// <summary>Creates decoders that share limits and a memory budget.</summary>
/// <param name="limits">Limits on an image; null for the defaults.</param>
/// <param name="budget">Shared by everything that decodes in this process; null for a separate one.</param>
/// <param name="time">Clock for the time limit; null for the system clock.</param>
public sealed class ImageDecoders(ImageLimits? limits = null, PixelBudget? budget = null, TimeProvider? time = null)
{
    private readonly PixelBudget _budget = budget ?? new();

    /// <summary>Limits on an image.</summary>
    public ImageLimits Limits { get; } = limits ?? new();

    /// <summary>Most bytes that decoding an image may hold in memory.</summary>
    public long MaxDecodedBytes => _budget.MaxBytes;

    /// <summary>A decoder for one thread, to be disposed.</summary>
    public ImageDecoder Create() => new(Limits, time ?? TimeProvider.System, _budget);
}
