using System.ComponentModel.DataAnnotations;

namespace Chitti.Silo;

/// <summary>The roles of a silo.</summary>
public sealed class RoleOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti";

    /// <summary>All roles.</summary>
    public const SiloRoles All = SiloRoles.Core | SiloRoles.Detector;

    /// <summary><c>core</c>, <c>detector</c>, or <c>core,detector</c>, which is the default.</summary>
    [EnumDataType(typeof(SiloRoles))]
    public SiloRoles Roles { get; set; } = All;

    /// <summary>Reads the roles before options are available, because they decide what is registered. Faults are reported by validation later.</summary>
    internal static SiloRoles Read(IConfiguration configuration) =>
        Enum.TryParse<SiloRoles>(configuration[$"{Section}:{nameof(Roles)}"], ignoreCase: true, out var roles) ? roles : All;
}
