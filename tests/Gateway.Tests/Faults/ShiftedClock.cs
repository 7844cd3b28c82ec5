using System.Globalization;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>
/// Shifts the time of day that a process sees, with libfaketime. The monotonic clock, which timers use, is not shifted.
/// </summary>
internal static class ShiftedClock
{
    private const string Library = "libfaketimeMT.so.1";

    /// <summary>Variables for <see cref="ServerOptions.Environment"/>; null, with a note for the test report, if the library is missing.</summary>
    /// <param name="shift">Relative to the machine's time.</param>
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
