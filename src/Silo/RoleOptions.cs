using System.ComponentModel.DataAnnotations;

namespace Chitti.Silo;

/// <summary>What a silo does in its cluster.</summary>
public sealed class RoleOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti";

    /// <summary>A silo that does everything.</summary>
    public const SiloRoles All = SiloRoles.Core | SiloRoles.Detector;

    /// <summary><c>core</c>, <c>detector</c>, or both with a comma between them, which is the default.</summary>
    [EnumDataType(typeof(SiloRoles))]
    public SiloRoles Roles { get; set; } = All;

    /// <summary>The roles, before options can be asked for: they decide what is registered. Validation names what is wrong with them.</summary>
    internal static SiloRoles Read(IConfiguration configuration) =>
        Enum.TryParse<SiloRoles>(configuration[$"{Section}:{nameof(Roles)}"], ignoreCase: true, out var roles) ? roles : All;
}
