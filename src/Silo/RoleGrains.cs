using Chitti.Grains;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Chitti.Silo;

/// <summary>
/// Removes the grain classes of the core role from a silo without that role, so that none of them is placed on it. The
/// detector's class is present only where detection is added.
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
