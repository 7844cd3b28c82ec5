using System.Diagnostics;

namespace Chitti.Benchmarks;

/// <summary>
/// Processor time of a process in milliseconds. Where other work takes turns on the cores, its ratios say more than those
/// of the clock.
/// </summary>
internal static class ProcessorTime
{
    public static double Read(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    public static double ReadOwn() => Environment.CpuUsage.TotalTime.TotalMilliseconds;
}
