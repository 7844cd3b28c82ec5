namespace Chitti.Grains.Abstractions;

/// <summary>How often detectors announce themselves to the directory, and how long an announcement is valid.</summary>
public static class DetectorAnnouncements
{
    /// <summary>The grain type of the directory.</summary>
    public const string DirectoryType = "detector-directory";

    /// <summary>Longest time between two announcements of a detector.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>A detector that has not announced itself for this long counts as gone.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
}
