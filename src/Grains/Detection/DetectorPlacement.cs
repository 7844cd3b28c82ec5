using System.Diagnostics.CodeAnalysis;
using Chitti.Grains.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Runtime.Placement;

namespace Chitti.Grains;

/// <summary>
/// Runs each detector on the silo of its key, see <see cref="DetectorKey"/>; while that silo is not up, calls fail. Any silo
/// may be the one that places a call's grain, so that every silo needs this, also one without detectors.
/// </summary>
internal sealed class DetectorPlacement(IClusterMembershipService membership) : IPlacementDirector
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddPlacementDirector<PinnedToSilo, DetectorPlacement>();
        services.AddSingleton<IPlacementStrategyResolver, Resolver>();
    }

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var key = target.GrainIdentity.Key.ToString()!;
        var silo = DetectorKey.SiloOf(key);
        var members = membership.CurrentSnapshot.Members;
        var own = context.GetCompatibleSilos(target).FirstOrDefault(address =>
            members.TryGetValue(address, out var member)
            && member.Status == SiloStatus.Active
            && string.Equals(member.Name, silo, StringComparison.Ordinal));
        return own is null
            ? Task.FromException<SiloAddress>(new SiloUnavailableException($"The silo of detector '{key}' is not up."))
            : Task.FromResult(own);
    }

    private sealed class PinnedToSilo : PlacementStrategy;

    /// <summary>
    /// By the grain's type, not by an attribute of its class: a silo keeps the strategy that it resolves first, and one that
    /// resolves it while no detector silo is up would keep the default.
    /// </summary>
    private sealed class Resolver : IPlacementStrategyResolver
    {
        private static readonly GrainType _detector = GrainType.Create(DetectorKey.GrainType);
        private readonly PinnedToSilo _strategy = new();

        public bool TryResolvePlacementStrategy(GrainType grainType, GrainProperties? properties, [MaybeNullWhen(false)] out PlacementStrategy result)
        {
            result = grainType == _detector ? _strategy : null;
            return result is not null;
        }
    }
}
