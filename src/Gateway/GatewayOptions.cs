using System.ComponentModel.DataAnnotations;

namespace Chitti.Gateway;

/// <summary>What the gateway asks the grains for. Section <c>Chitti</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>Profile of an upload or a direct call that names none.</summary>
    [Required, RegularExpression(ProfileId.Pattern)]
    public string DefaultProfile { get; set; } = "pcb-defects";
}
