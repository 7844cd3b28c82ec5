namespace Chitti.Grains.Abstractions;

/// <summary>Keys of detectors, as <c>silo/device</c>.</summary>
public static class DetectorKeys
{
    /// <summary>The detector of the standalone mode.</summary>
    public const string Standalone = "standalone/cpu";
}
