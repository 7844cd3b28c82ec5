namespace Chitti.Imaging;

/// <summary>
/// Bounds the bytes that decoding holds at one time: pixels, and the memory of codecs. A caller that would exceed it waits.
/// A process has one, shared by detection, pictures and reports.
/// </summary>
/// <param name="maxBytes">Limit in bytes, above 0. Decoders refuse an image that needs more.</param>
public sealed class PixelBudget(long maxBytes = PixelBudgetOptions.DefaultBytes)
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Bytes, ManualResetEventSlim Turn)> _waiting = new();
    private long _used;

    /// <summary>Limit in bytes.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>Bytes in use now.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_gate)
            {
                return _used;
            }
        }
    }

    /// <summary>Most bytes that were in use at one time.</summary>
    internal long MostUsedBytes { get; private set; }

    /// <summary>Number of callers waiting.</summary>
    internal int WaitingCount
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Waits, in order of arrival, until the bytes are free.</summary>
    internal void Acquire(long bytes)
    {
        ManualResetEventSlim turn;
        lock (_gate)
        {
            if (_waiting.Count == 0 && Fits(bytes))
            {
                Take(bytes);
                return;
            }
            turn = new ManualResetEventSlim();
            _waiting.Enqueue((bytes, turn));
        }
        using (turn)
        {
            turn.Wait();
        }
    }

    internal void Release(long bytes)
    {
        lock (_gate)
        {
            _used -= bytes;
            while (_waiting.TryPeek(out var next) && Fits(next.Bytes))
            {
                _waiting.Dequeue();
                Take(next.Bytes);
                next.Turn.Set();
            }
        }
    }

    private void Take(long bytes)
    {
        _used += bytes;
        MostUsedBytes = Math.Max(MostUsedBytes, _used);
    }

    private bool Fits(long bytes) => _used == 0 || _used + bytes <= maxBytes;
}
