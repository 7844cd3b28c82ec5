namespace Chitti.Inference;

/// <summary>One image that an engine has accepted.</summary>
internal sealed class WorkItem(ReadOnlyMemory<byte> encoded, DetectionOptions options, long accepted)
{
    private readonly TaskCompletionSource<DetectionOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReadOnlyMemory<byte> _encoded = encoded;
    private int _taken;

    public int Bytes { get; } = encoded.Length;

    public Task<DetectionOutcome> Completion => _completion.Task;

    /// <summary>True for the first caller only: a session that runs it, a cancelled call, or an engine that stops.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    public void Run(CpuSession session)
    {
        try
        {
            _completion.SetResult(session.Detect(_encoded, options, accepted));
        }
        catch (Exception e)
        {
            _completion.SetException(e);
        }
    }

    public void Cancel(CancellationToken token)
    {
        // The item stays in the queue until its turn, but the image can be freed now.
        _encoded = default;
        _completion.SetCanceled(token);
    }

    public void Abandon() => _completion.SetException(new ObjectDisposedException(nameof(CpuDetectionEngine)));
}
