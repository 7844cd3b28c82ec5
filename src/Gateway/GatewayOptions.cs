using System.ComponentModel.DataAnnotations;

namespace Chitti.Gateway;

/// <summary>What the gateway asks the grains for.</summary>
public sealed class GatewayOptions
{
    /// <summary>Where it stands in the configuration.</summary>
    public const string Section = "Chitti";

    /// <summary>Profile of an upload or a direct call that names none.</summary>
    [Required, RegularExpression(ProfileId.Pattern)]
    public string DefaultProfile { get; set; } = "pcb-defects";
}
