namespace Chitti.Silo;

/// <summary>Roles of a silo.</summary>
[Flags]
public enum SiloRoles
{
    /// <summary>All grains except detectors.</summary>
    Core = 1,

    /// <summary>Detectors, with models and the inference engine.</summary>
    Detector = 2,
}
