namespace Chitti.Imaging;

/// <summary>Until when a decoder may work.</summary>
internal sealed class DecodeDeadline(TimeSpan timeout, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public bool Passed => time.GetElapsedTime(_start) > timeout;

    public ImageFault Fault { get; } = new(ImageFaultKind.OverLimit,
        FormattableString.Invariant($"Decoding took longer than the {timeout.TotalSeconds:0.###} s allowed."));
}
