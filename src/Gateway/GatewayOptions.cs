using System.ComponentModel.DataAnnotations;

namespace Chitti.Gateway;

/// <summary>What the gateway asks the grains for. Section <c>Chitti</c>.</summary>
public sealed class GatewayOptions
{
    internal const string Section = "Chitti";

    /// <summary>Profile of an upload or a direct call that names none.</summary>
    [Required, RegularExpression(ProfileId.Pattern)]
    public string DefaultProfile { get; set; } = "pcb-defects";

    /// <summary>Keys of the detectors that direct calls go to; <c>standalone/cpu</c> where none is set.</summary>
    public IList<string> Detectors { get; } = [];

    // A default in the list itself would stay in front of what a setting gives: the binder adds to lists.
    internal string DirectDetector => Detectors is [var first, ..] ? first : "standalone/cpu";
}
