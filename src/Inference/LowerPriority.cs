using System.Runtime.InteropServices;

namespace Chitti.Inference;

/// <summary>
/// Lets threads that compute for long step back where threads wait for a core that only have a call to answer. With all cores
/// busy, a call would otherwise wait for a time slice of each of them.
/// </summary>
internal static partial class LowerPriority
{
    // A third of the weight of the other threads.
    private const int Niceness = 5;
    private const int Calling = 0;

    /// <summary>Applies to the calling thread until it ends.</summary>
    public static void Apply()
    {
        if (OperatingSystem.IsLinux())
        {
            // .NET ignores priorities here. Threads have a niceness of their own; 0 stands for this thread.
            _ = setpriority(Calling, Calling, getpriority(Calling, Calling) + Niceness);
            return;
        }

        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

#pragma warning disable IDE1006 // The names are the system's.
    [LibraryImport("libc")]
    private static partial int getpriority(int which, int who);

    [LibraryImport("libc")]
    private static partial int setpriority(int which, int who, int priority);
#pragma warning restore IDE1006
}
