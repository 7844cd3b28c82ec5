namespace Chitti.Grains.Abstractions;

/// <summary>Keys of detectors: <c>silo/device</c>, where the device is the last part. A detector runs on the silo of its key or nowhere.</summary>
public static class DetectorKey
{
    /// <summary>The grain type of detectors.</summary>
    public const string GrainType = "detector";

    /// <summary>The key of a device on a silo.</summary>
    /// <param name="silo">Name of the silo.</param>
    /// <param name="device">For example <c>cpu</c>; without a slash.</param>
    public static string Create(string silo, string device) => $"{silo}/{device}";

    /// <summary>Name of the silo of a key; null when the key names none.</summary>
    public static string? SiloOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.LastIndexOf('/') is var end and > 0 ? key[..end] : null;
    }

    /// <summary>
    /// The grain's identity. By it a detector can be called while no silo of the cluster has the grain class: the call fails like
    /// any call to a silo that is gone, where finding the grain by its interface would fail as a mistake of the caller.
    /// </summary>
    public static GrainId ToGrainId(string key) => GrainId.Create(GrainType, key);
}
