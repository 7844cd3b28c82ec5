using Chitti.Grains;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Chitti.Silo;

/// <summary>
/// Takes the grains of the core role out of what a silo without it offers to the cluster, so that none is placed here. Those of
/// detectors are offered only where detection is added.
/// </summary>
internal sealed class RoleGrains(IOptions<RoleOptions> options) : IPostConfigureOptions<GrainTypeOptions>
{
    public void PostConfigure(string? name, GrainTypeOptions grains)
    {
        if (!options.Value.Roles.HasFlag(SiloRoles.Core))
        {
            grains.Classes.RemoveWhere(grain => grain.Assembly == typeof(GrainServices).Assembly);
        }
    }
}
