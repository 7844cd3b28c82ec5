using System.Collections.Concurrent;

namespace Chitti.Inference;

/// <summary>
/// A queue of images with threads of its own, and how long an image has lately taken there. What waits is counted by the
/// engine, under its lock.
/// </summary>
/// <param name="threads">Number of threads that take images.</param>
/// <param name="guess">Time that an image takes, as long as none was measured.</param>
/// <param name="time">Clock for the measurement.</param>
internal sealed class DecodeLane(int threads, TimeSpan guess, TimeProvider time)
{
    // How much the last image counts; the mean follows a change within about ten.
    private const double Weight = 0.1;

    private double _meanMilliseconds = guess.TotalMilliseconds;
    private int _running;

    public BlockingCollection<WorkItem> Queue { get; } = [];

    /// <summary>Images that no thread has taken yet.</summary>
    public int Waiting { get; set; }

    /// <summary>How much longer than its patience an image that came now would take, by estimate; null if it would be done in time.</summary>
    public TimeSpan? FindDelay(TimeSpan patience)
    {
        // Nothing is refused while nothing waits: otherwise no image would run after a very slow one, and the mean would stay high.
        var delay = TimeUntilDone() - patience;
        return Waiting > 0 && delay > TimeSpan.Zero ? delay : null;
    }

    /// <summary>Estimated time in which an image that came now would be done.</summary>
    public TimeSpan TimeUntilDone()
    {
        var mean = Volatile.Read(ref _meanMilliseconds);
        var ahead = Volatile.Read(ref _running) < threads ? 0 : Waiting + 1;
        return TimeSpan.FromMilliseconds(mean + (ahead * mean / threads));
    }

    /// <summary>Runs one image on the calling thread.</summary>
    public void Run(Action work)
    {
        Interlocked.Increment(ref _running);
        var started = time.GetTimestamp();
        try
        {
            work();
        }
        finally
        {
            Measure(time.GetElapsedTime(started));
            Interlocked.Decrement(ref _running);
        }
    }

    private void Measure(TimeSpan taken)
    {
        double mean, updated;
        do
        {
            mean = Volatile.Read(ref _meanMilliseconds);
            updated = mean + (Weight * (taken.TotalMilliseconds - mean));
        }
        while (Interlocked.CompareExchange(ref _meanMilliseconds, updated, mean) != mean);
    }
}
