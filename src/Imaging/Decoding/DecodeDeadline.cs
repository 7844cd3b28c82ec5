namespace Chitti.Imaging;

/// <summary>The time limit of one decode. Time spent waiting for memory does not count.</summary>
/// <param name="timeout">How long decoding may take.</param>
/// <param name="time">Clock for the limit.</param>
/// <param name="cancellationToken">Ends the decode, and the wait for memory, before that.</param>
internal sealed class DecodeDeadline(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken = default)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Time spent waiting for memory.</summary>
    public TimeSpan Waited { get; private set; }

    public CancellationToken CancellationToken => cancellationToken;

    public bool Passed => cancellationToken.IsCancellationRequested || time.GetElapsedTime(_start) - Waited > timeout;

    public ImageFault Fault { get; } = new(ImageFaultKind.OverLimit,
        FormattableString.Invariant($"Decoding took longer than the {timeout.TotalSeconds:0.###} s allowed."));

    public void Wait(Action wait)
    {
        var began = time.GetTimestamp();
        wait();
        Waited += time.GetElapsedTime(began);
    }
}
