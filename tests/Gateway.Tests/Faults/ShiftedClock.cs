using System.Globalization;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>
/// Has a process see another time of day, by libfaketime. Time goes on at its pace, and what counts from the start of the
/// machine, as timers do, is left alone.
/// </summary>
internal static class ShiftedClock
{
    private const string Library = "libfaketimeMT.so.1";

    /// <summary>Variables for <see cref="ServerOptions.Environment"/>; null, and said aloud, where the library is missing.</summary>
    /// <param name="shift">From the machine's time.</param>
    public static Dictionary<string, string>? FindVariables(TimeSpan shift)
    {
        var library = Directory.Exists("/usr/lib")
            ? Directory.EnumerateFiles("/usr/lib", Library, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 }).FirstOrDefault()
            : null;
        if (library is null)
        {
            NotRun.Say("shifted clock: needs faketime");
            return null;
        }

        return new()
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME"] = string.Create(CultureInfo.InvariantCulture, $"{shift.TotalSeconds:+0;-0;+0}"),
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
    }
}
