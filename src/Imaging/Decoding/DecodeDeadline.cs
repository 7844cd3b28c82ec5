namespace Chitti.Imaging;

/// <summary>Until when a decoder may work. Waiting for memory is not work.</summary>
internal sealed class DecodeDeadline(TimeSpan timeout, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>How long was waited.</summary>
    public TimeSpan Waited { get; private set; }

    public bool Passed => time.GetElapsedTime(_start) - Waited > timeout;

    public ImageFault Fault { get; } = new(ImageFaultKind.OverLimit,
        FormattableString.Invariant($"Decoding took longer than the {timeout.TotalSeconds:0.###} s allowed."));

    public void Wait(Action wait)
    {
        var began = time.GetTimestamp();
        wait();
        Waited += time.GetElapsedTime(began);
    }
}
