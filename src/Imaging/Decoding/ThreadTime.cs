using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Chitti.Imaging;

/// <summary>Processor time of the calling thread.</summary>
internal static partial class ThreadTime
{
    /// <summary>Since the thread began. Where the system does not say, the time that has passed.</summary>
    public static TimeSpan Current()
    {
        if (OperatingSystem.IsWindows())
        {
            return GetThreadTimes(GetCurrentThread(), out _, out _, out var kernel, out var user) ? new(kernel + user) : Elapsed();
        }

        var clock = OperatingSystem.IsMacOS() ? 16 : 3;
        return clock_gettime(clock, out var time) == 0 ? new((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100)) : Elapsed();
    }

    private static TimeSpan Elapsed() => Stopwatch.GetElapsedTime(0);

#pragma warning disable IDE1006 // The names are the systems'.
    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadTimes(nint thread, out long creation, out long exit, out long kernel, out long user);
#pragma warning restore IDE1006

    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
