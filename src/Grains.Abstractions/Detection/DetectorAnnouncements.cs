namespace Chitti.Grains.Abstractions;

/// <summary>How often detectors announce themselves, and how long an announcement holds.</summary>
public static class DetectorAnnouncements
{
    /// <summary>Time between two announcements while little changes.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>A detector that has not announced itself for this long is taken for gone.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
}
