using System.ComponentModel.DataAnnotations;

namespace Chitti.Grains;

/// <summary>How work is spread, leased and retried.</summary>
public sealed class WorkOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti:Work";

    /// <summary>
    /// Partitions of the file-processing stream, 1..256; the same on every silo of a cluster. Each works on one file at a
    /// time, so this is how many files are in flight at once. Should not be below the number of images that all detectors
    /// together work on at once.
    /// </summary>
    [Range(1, 256)]
    public int Partitions { get; set; } = 16;

    /// <summary>Attempts that a file or report has; outages cost none. 1..20.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How long a lease holds unless renewed: after the death of a worker its work is taken up again this much later. 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a file or report waits out outages before it is reported as stuck. It goes on waiting. 1 s to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Age from which an object that no file owns is removed, by the time in its own key. 1 hour to 365 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan OrphanGrace { get; set; } = TimeSpan.FromHours(6);
}
