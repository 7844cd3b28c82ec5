namespace Chitti.Imaging;

/// <summary>What an image may be at most.</summary>
public sealed record ImageLimits
{
    /// <summary>Width times height, 100 million by default.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Longest side in pixels, 30,000 by default.</summary>
    public int MaxSide { get; init; } = 30_000;

    /// <summary>Longest time to decode, 5 s by default.</summary>
    public TimeSpan DecodeTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
