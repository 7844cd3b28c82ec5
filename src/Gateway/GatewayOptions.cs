using System.ComponentModel.DataAnnotations;

namespace Chitti.Gateway;

/// <summary>Options of the API.</summary>
public sealed class GatewayOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti";

    /// <summary>Profile for uploads and direct detection that name none.</summary>
    [Required, RegularExpression(ProfileId.Pattern)]
    public string DefaultProfile { get; set; } = "pcb-defects";
}
