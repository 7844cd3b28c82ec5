namespace Chitti.Silo;

/// <summary>What a silo does in its cluster.</summary>
[Flags]
public enum SiloRoles
{
    /// <summary>All grains but the detectors.</summary>
    Core = 1,

    /// <summary>Detectors, with the models and the inference engine.</summary>
    Detector = 2,
}
