using System.Diagnostics;

namespace Chitti.ServiceDefaults;

/// <summary>
/// The system's time, with timestamps that count from the start of the process instead of the start of the machine. Orleans'
/// watchdog reads a timestamp before it is first set. With the system's clock that 0 is the start of the machine, and nearly
/// every start logged a warning about a deadlock since then.
/// </summary>
internal sealed class ProcessClock : TimeProvider
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public override long GetTimestamp() => Stopwatch.GetTimestamp() - _start;
}
