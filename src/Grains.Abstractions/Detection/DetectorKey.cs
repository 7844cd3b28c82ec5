namespace Chitti.Grains.Abstractions;

/// <summary>Keys of detectors: <c>silo/device</c>, split at the last slash. A detector runs only on the silo in its key.</summary>
public static class DetectorKey
{
    /// <summary>The grain type of detectors.</summary>
    public const string GrainType = "detector";

    /// <summary>Creates the key of a detector.</summary>
    /// <param name="silo">Name of the silo.</param>
    /// <param name="device">For example <c>cpu</c>; without a slash.</param>
    public static string Create(string silo, string device) => $"{silo}/{device}";

    /// <summary>Name of the silo in a key; null when the key has none.</summary>
    public static string? SiloOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.LastIndexOf('/') is var end and > 0 ? key[..end] : null;
    }

    /// <summary>
    /// The grain id. Used instead of the interface and key, which throws an <see cref="ArgumentException"/> while no silo has the
    /// grain class; a call by id fails like any call to a silo that is gone.
    /// </summary>
    public static GrainId ToGrainId(string key) => GrainId.Create(GrainType, key);
}
