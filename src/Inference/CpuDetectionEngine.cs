using System.Collections.Concurrent;

namespace Chitti.Inference;

/// <summary>
/// Detection on the CPU: one single-threaded session per core, each with its own thread that takes an image from encoded
/// bytes to detections. The same image gives bit-identical detections on every session.
/// </summary>
public sealed class CpuDetectionEngine : IDetectionEngine
{
    private readonly CpuEngineOptions _options;
    private readonly BlockingCollection<WorkItem> _queue = [];
    private readonly Task[] _workers;
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
        var sessions = new List<CpuSession>(_options.Sessions);
        try
        {
            while (sessions.Count < _options.Sessions)
            {
                sessions.Add(new CpuSession(model, _options));
            }
        }
        catch
        {
            sessions.ForEach(session => session.Dispose());
            throw;
        }
        _workers = [.. sessions.Select((session, index) => Start(session, index + 1))];
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
        var item = new WorkItem(encodedImage, options, _options.Time.GetTimestamp());
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            // A caller that waits for space holds the image in memory anyway, so it may as well be queued.
            if (!options.WaitWhenFull && IsFullFor(item))
            {
                return DetectionOutcome.Busy;
            }

            _queuedImages++;
            _queuedBytes += item.Bytes;
            _queue.Add(item, CancellationToken.None);
        }
        using var registration = cancellationToken.UnsafeRegister(token =>
        {
            if (TryTake(item))
            {
                item.Cancel(cancellationToken);
            }
        }, null);
        return await item.Completion.ConfigureAwait(false);
    }

    /// <summary>
    /// Accepts no more images, finishes those that are running, and fails those that are waiting with
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _queue.CompleteAdding();
            }

            _stopped = true;
        }
        await Task.WhenAll(_workers).ConfigureAwait(false);
    }

    private bool IsFullFor(WorkItem item) =>
        _queuedImages >= _options.MaxQueuedImages || (_queuedImages > 0 && _queuedBytes + item.Bytes > _options.MaxQueuedBytes);

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
        }
        return true;
    }

    private Task Start(CpuSession session, int number)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            using (session)
            {
                Work(session);
            }

            ended.SetResult();
        })
        {
            IsBackground = true,
            Name = $"detection {number}",
        };
        thread.Start();
        return ended.Task;
    }

    private void Work(CpuSession session)
    {
        foreach (var item in _queue.GetConsumingEnumerable())
        {
            if (!TryTake(item))
            {
                continue;
            }

            if (_stopped)
            {
                item.Abandon();
            }
            else
            {
                item.Run(session);
            }
        }
    }
}
