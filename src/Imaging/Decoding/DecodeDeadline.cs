namespace Chitti.Imaging;

/// <summary>
/// The time limit of one decode, in processor time of its thread: on a busy machine an image is not at fault for the time
/// that others take. By the clock it may take <see cref="Patience"/> times as long; a decode that is not done by then can be
/// tried again. Time spent waiting for memory does not count.
/// </summary>
/// <param name="timeout">Processor time allowed.</param>
/// <param name="time">The clock.</param>
/// <param name="processorTime">Processor time of the calling thread; null for the system's.</param>
/// <param name="giveUpAfter">Time by the clock, without that spent waiting for memory, after which the decode is given up; null for no such limit.</param>
/// <param name="cancellationToken">Ends the decode, and the wait for memory, before that.</param>
internal sealed class DecodeDeadline(
    TimeSpan timeout, TimeProvider time, Func<TimeSpan>? processorTime = null, TimeSpan? giveUpAfter = null, CancellationToken cancellationToken = default)
{
    /// <summary>Allowed time by the clock, as a multiple of the allowed processor time.</summary>
    public const int Patience = 20;

    private readonly Func<TimeSpan> _processorTime = processorTime ?? ThreadTime.Current;
    private readonly TimeSpan _startOfWork = (processorTime ?? ThreadTime.Current)();
    private readonly long _start = time.GetTimestamp();

    /// <summary>Time spent waiting for memory.</summary>
    public TimeSpan Waited { get; private set; }

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Why decoding must stop; null while it may continue.</summary>
    public ImageFault? Fault
    {
        get
        {
            // A thread can't use more processor time than has passed, and the clock is cheaper to read.
            var passed = time.GetElapsedTime(_start) - Waited;
            if (passed <= timeout)
            {
                return null;
            }

            if (_processorTime() - _startOfWork > timeout)
            {
                return new(ImageFaultKind.OverLimit, FormattableString.Invariant(
                    $"Decoding took longer than the {timeout.TotalSeconds:0.###} s of processor time allowed."));
            }

            return passed <= Patience * timeout ? null : new(ImageFaultKind.Interrupted, FormattableString.Invariant(
                $"The machine is too busy: decoding was not done after {Patience * timeout.TotalSeconds:0.###} s."));
        }
    }

    /// <summary>Whether the codec was stopped because the decode was not quick enough.</summary>
    public bool GivenUp { get; private set; }

    public bool Passed
    {
        get
        {
            GivenUp |= giveUpAfter is { } limit && time.GetElapsedTime(_start) - Waited > limit;
            return GivenUp || cancellationToken.IsCancellationRequested || Fault is not null;
        }
    }

    public void Wait(Action wait)
    {
        var began = time.GetTimestamp();
        wait();
        Waited += time.GetElapsedTime(began);
    }
}
