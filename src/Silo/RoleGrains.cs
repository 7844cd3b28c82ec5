using Chitti.Detection;
using Chitti.Grains;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Chitti.Silo;

/// <summary>Takes the grains of a role that this silo does not have out of what it offers to the cluster, so that none is placed here.</summary>
internal sealed class RoleGrains(IOptions<RoleOptions> options) : IPostConfigureOptions<GrainTypeOptions>
{
    public void PostConfigure(string? name, GrainTypeOptions grains)
    {
        Offer(SiloRoles.Core, typeof(GrainServices));
        Offer(SiloRoles.Detector, typeof(DetectionServices));

        void Offer(SiloRoles role, Type inItsAssembly)
        {
            if (!options.Value.Roles.HasFlag(role))
            {
                grains.Classes.RemoveWhere(grain => grain.Assembly == inItsAssembly.Assembly);
            }
        }
    }
}
