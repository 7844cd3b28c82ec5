using Chitti.Imaging;

namespace Chitti.Inference;

/// <summary>
/// Detection on the CPU: one single-threaded session per core, and as many threads that each take an image from encoded bytes
/// to detections. Large images, and those whose decoding turns out to be slow, are decoded in a lane with as many threads again
/// and with other memory. An image that decodes quickly shares the cores and the sessions with them, and at most waits for a
/// thread until a slow image was moved. The same image gives bit-identical detections on every session.
/// </summary>
public sealed class CpuDetectionEngine : IDetectionEngine
{
    // About a tenth of a second to decode. What turns out to be slow below it is moved to the slow lane.
    private const long LargePixels = 8_000_000;

    private static readonly TimeSpan _fastDecode = TimeSpan.FromMilliseconds(250);

    private readonly CpuEngineOptions _options;
    private readonly SessionPool _sessions;
    private readonly DecodeLane _fast;
    private readonly DecodeLane _slow;
    private readonly Task[] _threads;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private int _queuedImages;
    private long _queuedBytes;
    private volatile bool _stopped;

    /// <summary>Creates the sessions and runs each once, so that the first image is not slow.</summary>
    /// <param name="model">The model to run.</param>
    /// <param name="options">Null for the defaults.</param>
    public CpuDetectionEngine(OnnxModel model, CpuEngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _options = options ?? new CpuEngineOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Sessions, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxQueuedImages, 1, nameof(options));
        Model = model.Description;
        _sessions = new(model, _options);
        _fast = new(_options.Sessions, TimeSpan.FromMilliseconds(50), _options.Time);
        _slow = new(_options.Sessions, TimeSpan.FromSeconds(1), _options.Time);
        _threads =
        [
            .. Enumerable.Range(1, _options.Sessions).SelectMany(number => new[]
            {
                Start(_fast, new(model, _options, _sessions, _fastDecode, _stopping.Token), $"detection {number}"),
                Start(_slow, new(model, _options, _sessions, decodeAtMost: null, _stopping.Token), $"detection {number} of large images"),
            }),
        ];
    }

    /// <inheritdoc/>
    public ModelDescription Model { get; }

    /// <inheritdoc/>
    public string ExecutionProvider => "cpu";

    /// <inheritdoc/>
    public int QueueLength => Volatile.Read(ref _queuedImages);

    /// <inheritdoc/>
    public async Task<DetectionOutcome> DetectAsync(
        ReadOnlyMemory<byte> encodedImage, DetectionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        var accepted = _options.Time.GetTimestamp();
        using var deadline = options.Patience is { } patience
            ? new CancellationTokenSource(patience < TimeSpan.Zero ? TimeSpan.Zero : patience, _options.Time)
            : null;
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline?.Token ?? default);
        var item = new WorkItem(encodedImage, options, accepted, abandoned.Token) { Lane = LaneOf(encodedImage) };
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            // A caller that waits for space holds the image in memory anyway, so it may as well be queued.
            if (!options.WaitWhenFull && FindRefusal(item) is { } refusal)
            {
                return refusal;
            }

            Enqueue(item);
        }

        using var registration = abandoned.Token.UnsafeRegister(_ => CancelIfWaiting(item), null);
        try
        {
            return await item.Completion.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TooLate(item);
        }
    }

    /// <summary>
    /// Accepts no more images, finishes those that are running, and fails those that are waiting, for a thread or for memory,
    /// with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _fast.Queue.CompleteAdding();
                _slow.Queue.CompleteAdding();
            }

            _stopped = true;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_threads).ConfigureAwait(false);
        _sessions.Dispose();
    }

    private unsafe DecodeLane LaneOf(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.IsEmpty)
        {
            return _fast;
        }

        using var pin = encoded.Pin();
        using var stream = new UnmanagedMemoryStream((byte*)pin.Pointer, encoded.Length);
        return ImageIdentifier.Identify(stream, _options.Limits, long.MaxValue).Header is { } header && (long)header.Width * header.Height > LargePixels ? _slow : _fast;
    }

    private DetectionOutcome? FindRefusal(WorkItem item)
    {
        if (_queuedImages >= _options.MaxQueuedImages || (_queuedImages > 0 && _queuedBytes + item.Bytes > _options.MaxQueuedBytes))
        {
            return DetectionOutcome.Busy;
        }

        return item.Options.Patience is { } patience && item.Lane.FindDelay(patience) is { } delay ? new() { RetryAfter = delay } : null;
    }

    private DetectionOutcome TooLate(WorkItem item)
    {
        lock (_gate)
        {
            return new() { RetryAfter = item.Lane.FindDelay(item.Options.Patience!.Value) ?? TimeSpan.Zero, Begun = item.Begun };
        }
    }

    private void Enqueue(WorkItem item)
    {
        _queuedImages++;
        _queuedBytes += item.Bytes;
        item.Lane.Waiting++;
        item.Lane.Queue.Add(item, CancellationToken.None);
    }

    private bool TryTake(WorkItem item)
    {
        if (!item.TryTake())
        {
            return false;
        }

        lock (_gate)
        {
            _queuedImages--;
            _queuedBytes -= item.Bytes;
            item.Lane.Waiting--;
        }

        return true;
    }

    private void CancelIfWaiting(WorkItem item)
    {
        if (TryTake(item))
        {
            item.Cancel();
        }
    }

    private void MoveToSlow(WorkItem item)
    {
        lock (_gate)
        {
            if (_stopped)
            {
                item.Refuse();
                return;
            }

            item.Lane = _slow;
            item.PutBack();
            Enqueue(item);
        }

        if (item.Abandoned.IsCancellationRequested)
        {
            // It was abandoned when nobody could take it.
            CancelIfWaiting(item);
        }
    }

    private Task Start(DecodeLane lane, DecodeThread thread, string name)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            LowerPriority.Apply();
            using (thread)
            {
                foreach (var item in lane.Queue.GetConsumingEnumerable().Where(TryTake))
                {
                    Work(lane, thread, item);
                }
            }

            ended.SetResult();
        })
        {
            IsBackground = true,
            Name = name,
        }.Start();
        return ended.Task;
    }

    private void Work(DecodeLane lane, DecodeThread thread, WorkItem item)
    {
        if (_stopped)
        {
            item.Refuse();
            return;
        }

        DetectionOutcome? outcome = null;
        item.Begun = true;
        try
        {
            lane.Run(() => outcome = thread.Detect(item));
        }
        catch (OperationCanceledException) when (_stopped && !item.Abandoned.IsCancellationRequested)
        {
            item.Refuse();
            return;
        }
        catch (OperationCanceledException)
        {
            item.Cancel();
            return;
        }
        catch (Exception exception)
        {
            item.Fail(exception);
            return;
        }

        if (outcome is null)
        {
            MoveToSlow(item);
        }
        else
        {
            item.Complete(outcome);
        }
    }
}
