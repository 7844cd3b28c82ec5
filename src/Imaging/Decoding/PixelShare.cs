namespace Chitti.Imaging;

/// <summary>One part of a <see cref="PixelBudget"/>, with a queue of its own.</summary>
/// <param name="maxBytes">Limit in bytes. A larger request is let through while no other is held.</param>
internal sealed class PixelShare(long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(long Bytes, ManualResetEventSlim Turn)> _waiting = new();
    private long _used;

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
    public long MostUsedBytes { get; private set; }

    public int WaitingCount
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
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing is held.</exception>
    public void Acquire(long bytes, CancellationToken cancellationToken)
    {
        using var turn = new ManualResetEventSlim();
        LinkedListNode<(long, ManualResetEventSlim)> place;
        lock (_gate)
        {
            if (_waiting.Count == 0 && Fits(bytes))
            {
                Take(bytes);
                return;
            }

            place = _waiting.AddLast((bytes, turn));
        }

        try
        {
            turn.Wait(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave(place, bytes);
            throw;
        }
    }

    public void Release(long bytes)
    {
        lock (_gate)
        {
            _used -= bytes;
            LetIn();
        }
    }

    private void Leave(LinkedListNode<(long, ManualResetEventSlim)> place, long bytes)
    {
        lock (_gate)
        {
            if (place.List is null)
            {
                // The turn came at the same moment.
                _used -= bytes;
            }
            else
            {
                _waiting.Remove(place);
            }

            LetIn();
        }
    }

    private void LetIn()
    {
        while (_waiting.First is { Value: var next } && Fits(next.Bytes))
        {
            _waiting.RemoveFirst();
            Take(next.Bytes);
            next.Turn.Set();
        }
    }

    private void Take(long bytes)
    {
        _used += bytes;
        MostUsedBytes = Math.Max(MostUsedBytes, _used);
    }

    private bool Fits(long bytes) => _used == 0 || _used + bytes <= maxBytes;
}
