namespace Chitti.Imaging;

/// <summary>
/// Bounds the bytes that decoding holds at one time: pixels, and the memory of codecs. A caller that would exceed it waits.
/// A process has one, shared by detection, pictures and reports. Small images have a share of their own, so that they never
/// wait behind large ones.
/// </summary>
/// <param name="maxBytes">
/// Limit in bytes, above 0. Decoders refuse an image that needs more. Images that need at most a thirty-second of it are
/// small; all of them together may hold an eighth of it on top.
/// </param>
public sealed class PixelBudget(long maxBytes = PixelBudgetOptions.DefaultBytes)
{
    private readonly PixelShare _large = new(maxBytes);
    private readonly PixelShare _small = new(maxBytes / 8);

    /// <summary>Limit in bytes.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>Bytes in use now.</summary>
    public long UsedBytes => _large.UsedBytes + _small.UsedBytes;

    /// <summary>Most bytes that each share had in use at one time, added up.</summary>
    internal long MostUsedBytes => _large.MostUsedBytes + _small.MostUsedBytes;

    /// <summary>Number of callers waiting.</summary>
    internal int WaitingCount => _large.WaitingCount + _small.WaitingCount;

    /// <summary>Waits, in order of arrival, until the bytes are free.</summary>
    /// <returns>The share that the bytes must be given back to.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing is held.</exception>
    internal PixelShare Acquire(long bytes, CancellationToken cancellationToken = default)
    {
        var share = bytes <= maxBytes / 32 ? _small : _large;
        share.Acquire(bytes, cancellationToken);
        return share;
    }
}
