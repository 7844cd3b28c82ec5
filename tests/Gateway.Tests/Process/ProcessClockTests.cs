using System.Diagnostics;
using Chitti.ServiceDefaults;

namespace Chitti.Gateway.Tests;

public class ProcessClockTests
{
    [Fact]
    public void GetElapsedTime_SinceATimestampThatWasNeverSet_IsTheAgeOfTheClock()
    {
        var before = Stopwatch.GetTimestamp();
        var clock = new ProcessClock();

        var elapsed = clock.GetElapsedTime(0);

        Assert.InRange(elapsed, TimeSpan.Zero, Stopwatch.GetElapsedTime(before));
    }
}
