namespace Chitti.Grains.Abstractions;

/// <summary>Where and how often detectors announce themselves, and how long an announcement holds.</summary>
public static class DetectorAnnouncements
{
    /// <summary>The grain type of the directory.</summary>
    public const string DirectoryType = "detector-directory";

    /// <summary>Time between two announcements while little changes.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>A detector that has not announced itself for this long is taken for gone.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
}
