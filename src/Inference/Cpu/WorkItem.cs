namespace Chitti.Inference;

/// <summary>One image that an engine has accepted.</summary>
/// <param name="encoded">The image file.</param>
/// <param name="options">What the caller wants.</param>
/// <param name="accepted">Timestamp of the call.</param>
/// <param name="abandoned">Cancelled when nobody waits for the answer any more.</param>
internal sealed class WorkItem(ReadOnlyMemory<byte> encoded, DetectionOptions options, long accepted, CancellationToken abandoned)
{
    private readonly TaskCompletionSource<DetectionOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    /// <summary>The image file; empty once the item was cancelled.</summary>
    public ReadOnlyMemory<byte> Encoded { get; private set; } = encoded;

    public int Bytes { get; } = encoded.Length;

    public DetectionOptions Options => options;

    public long Accepted => accepted;

    public CancellationToken Abandoned => abandoned;

    /// <summary>Where it waits or was decoded last.</summary>
    public required DecodeLane Lane { get; set; }

    /// <summary>Whether a thread has taken it to work on it.</summary>
    public bool Begun { get; set; }

    public Task<DetectionOutcome> Completion => _completion.Task;

    /// <summary>True for the first caller only: a thread that runs it, a cancelled call, or an engine that stops.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>Lets it be taken once more.</summary>
    public void PutBack() => Volatile.Write(ref _taken, 0);

    public void Complete(DetectionOutcome outcome) => _completion.SetResult(outcome);

    public void Fail(Exception exception) => _completion.SetException(exception);

    public void Cancel()
    {
        // The item stays in the queue until its turn, but the image can be freed now.
        Encoded = default;
        _completion.SetCanceled(abandoned);
    }

    public void Refuse() => Fail(new ObjectDisposedException(nameof(CpuDetectionEngine)));
}
