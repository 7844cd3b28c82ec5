namespace Chitti.Imaging;

/// <summary>
/// Bounds the bytes that decoding holds at one time: pixels, and the memory of codecs. A caller that would exceed it waits.
/// A process has one, shared by detection, pictures and reports. Quick decodes have a share on top, so that they need not wait
/// for slow ones.
/// </summary>
/// <param name="maxBytes">
/// Limit in bytes, above 0. Decoders refuse an image that needs more. Quick decodes together may hold an eighth of it on top.
/// </param>
public sealed class PixelBudget(long maxBytes = PixelBudgetOptions.DefaultBytes)
{
    private readonly ByteGate _shared = new(maxBytes);
    private readonly ByteGate _quick = new(maxBytes / 8);

    /// <summary>Limit in bytes, without what quick decodes may hold on top.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>Bytes in use now.</summary>
    public long UsedBytes => _shared.UsedBytes + _quick.UsedBytes;

    /// <summary>Most bytes that each share had in use at one time, added up.</summary>
    internal long MostUsedBytes => _shared.MostUsedBytes + _quick.MostUsedBytes;

    /// <summary>Number of callers waiting.</summary>
    internal int WaitingCount => _shared.WaitingCount + _quick.WaitingCount;

    /// <summary>Waits, in order of arrival, until the bytes are free.</summary>
    /// <returns>What the bytes must be given back to.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing is held.</exception>
    internal ByteGate Acquire(long bytes, CancellationToken cancellationToken = default)
    {
        _shared.Enter(bytes, cancellationToken);
        return _shared;
    }

    /// <summary>For a decode that ends soon or is given up: takes what is free, or waits for other quick decodes.</summary>
    /// <returns>What the bytes must be given back to; null if only slow decodes could make room for so many.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing is held.</exception>
    internal ByteGate? AcquireQuick(long bytes, CancellationToken cancellationToken = default)
    {
        if (_shared.TryEnter(bytes))
        {
            return _shared;
        }

        if (bytes > maxBytes / 8)
        {
            return null;
        }

        _quick.Enter(bytes, cancellationToken);
        return _quick;
    }
}
