using System.Diagnostics;

namespace Chitti.ServiceDefaults;

/// <summary>
/// The system's time, with timestamps that count from the start of the program instead of that of the machine. Orleans'
/// watchdog looks at a timestamp before it is first set: 0, which on the system's clock was when the machine started, so
/// that nearly every start warned of a deadlock of that length.
/// </summary>
internal sealed class ProcessClock : TimeProvider
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public override long GetTimestamp() => Stopwatch.GetTimestamp() - _start;
}
