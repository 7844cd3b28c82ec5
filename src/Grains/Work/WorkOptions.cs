using System.ComponentModel.DataAnnotations;

namespace Chitti.Grains;

/// <summary>How work is partitioned, leased and retried.</summary>
public sealed class WorkOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti:Work";

    /// <summary>
    /// Partitions of the file-processing stream, 1..256; must be the same on every silo of a cluster. A partition processes
    /// one file at a time, so this is the number of files in flight. Should not be below the number of images that all
    /// detectors together process at once.
    /// </summary>
    [Range(1, 256)]
    public int Partitions { get; set; } = 16;

    /// <summary>Attempts per file or report, 1..20. Outages do not count as attempts.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How long a lease holds unless renewed, 1 s to 10 min. When a process dies, its work is retried after this time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a file or report waits for an outage to end before it is reported as stuck, 1 s to 30 days. It keeps waiting.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Age, by the time in its key, from which an object that no file owns is moved to quarantine. 1 hour to 365 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan OrphanGrace { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Days after which an object in quarantine is deleted, 1..3650.</summary>
    [Range(1, 3650)]
    public int QuarantineDays { get; set; } = 14;
}
