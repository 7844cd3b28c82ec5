using Chitti.Storage;
using Microsoft.Extensions.Options;

namespace Chitti.Detection;

/// <summary>
/// Bounds the encoded bytes of stored images that this process holds while they wait and are inspected: as many as there are
/// partitions arrive at once, and each may be as large as an upload. In order of arrival; a single larger image passes alone.
/// </summary>
public sealed class StoredBytes(IObjectStore objects, IOptions<DetectorOptions> options)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(long Bytes, TaskCompletionSource Turn)> _waiting = [];
    private long _used;

    /// <summary>Waits until an object may be read, and until the result is disposed keeps its place.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing is held.</exception>
    public async Task<IDisposable> EnterAsync(string objectKey, CancellationToken cancellationToken)
    {
        var bytes = (await objects.GetInfoAsync(objectKey, cancellationToken))?.Size ?? 0;
        LinkedListNode<(long Bytes, TaskCompletionSource Turn)> place;
        lock (_gate)
        {
            if (_waiting.Count == 0 && Fits(bytes))
            {
                _used += bytes;
                return new Place(this, bytes);
            }

            place = _waiting.AddLast((bytes, new(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        using var cancellation = cancellationToken.UnsafeRegister(_ => Leave(place, cancellationToken), null);
        await place.Value.Turn.Task;
        return new Place(this, bytes);
    }

    private bool Fits(long bytes) => _used == 0 || _used + bytes <= options.Value.QueueBytes;

    private void Release(long bytes)
    {
        lock (_gate)
        {
            _used -= bytes;
            LetIn();
        }
    }

    private void Leave(LinkedListNode<(long Bytes, TaskCompletionSource Turn)> place, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Whose turn has come keeps it.
            if (place.List is not null)
            {
                _waiting.Remove(place);
                place.Value.Turn.SetCanceled(cancellationToken);
                LetIn();
            }
        }
    }

    private void LetIn()
    {
        while (_waiting.First is { Value: var next } && Fits(next.Bytes))
        {
            _waiting.RemoveFirst();
            _used += next.Bytes;
            next.Turn.SetResult();
        }
    }

    private sealed class Place(StoredBytes stored, long bytes) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (!_left)
            {
                _left = true;
                stored.Release(bytes);
            }
        }
    }
}
