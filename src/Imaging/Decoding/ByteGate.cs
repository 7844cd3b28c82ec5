namespace Chitti.Imaging;

/// <summary>
/// Bounds the bytes that are held at one time. Callers enter in order of arrival; one that needs more than the limit enters
/// while no other holds any. Thread-safe.
/// </summary>
/// <param name="maxBytes">Limit in bytes.</param>
public sealed class ByteGate(long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(long Bytes, TaskCompletionSource Turn)> _waiting = [];
    private long _used;

    /// <summary>Bytes that are held now.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_lock)
            {
                return _used;
            }
        }
    }

    /// <summary>Number of callers waiting.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Most bytes that were held at one time.</summary>
    internal long MostUsedBytes { get; private set; }

    /// <summary>Takes the bytes if they are free and nobody waits for any.</summary>
    public bool TryEnter(long bytes)
    {
        lock (_lock)
        {
            if (_waiting.Count > 0 || !Fits(bytes))
            {
                return false;
            }

            Take(bytes);
            return true;
        }
    }

    /// <summary>Blocks the thread until the bytes are free, and takes them.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing is held.</exception>
    public void Enter(long bytes, CancellationToken cancellationToken)
    {
        if (Join(bytes) is not { } place)
        {
            return;
        }

        try
        {
            place.Value.Turn.Task.Wait(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            GiveUp(place);
            throw;
        }
    }

    /// <summary>Waits until the bytes are free, and takes them.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing is held.</exception>
    public async Task EnterAsync(long bytes, CancellationToken cancellationToken)
    {
        if (Join(bytes) is not { } place)
        {
            return;
        }

        try
        {
            await place.Value.Turn.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            GiveUp(place);
            throw;
        }
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(long bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
            LetIn();
        }
    }

    /// <returns>The place in the queue; null if the bytes were taken at once.</returns>
    private LinkedListNode<(long Bytes, TaskCompletionSource Turn)>? Join(long bytes)
    {
        lock (_lock)
        {
            return TryEnter(bytes) ? null : _waiting.AddLast((bytes, new(TaskCreationOptions.RunContinuationsAsynchronously)));
        }
    }

    private void GiveUp(LinkedListNode<(long Bytes, TaskCompletionSource Turn)> place)
    {
        lock (_lock)
        {
            if (place.List is null)
            {
                // The turn came at the same moment.
                _used -= place.Value.Bytes;
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
            next.Turn.SetResult();
        }
    }

    private void Take(long bytes)
    {
        _used += bytes;
        MostUsedBytes = Math.Max(MostUsedBytes, _used);
    }

    private bool Fits(long bytes) => _used == 0 || _used + bytes <= maxBytes;
}
