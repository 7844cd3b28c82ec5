using System.Diagnostics;

namespace Chitti.Benchmarks;

/// <summary>
/// Processor time of a process in milliseconds. If other work shares the cores, its ratios are more reliable than those of
/// elapsed time.
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
