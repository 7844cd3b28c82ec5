using System.Diagnostics.CodeAnalysis;
using Chitti.Grains.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Runtime.Placement;

namespace Chitti.Grains;

/// <summary>
/// Places each detector on the silo in its key, see <see cref="DetectorKey"/>; while that silo is down, calls fail. Any silo
/// may have to place a grain, so silos without detectors need this too.
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
            ? Task.FromException<SiloAddress>(new SiloUnavailableException($"The silo of detector '{key}' is down."))
            : Task.FromResult(own);
    }

    private sealed class PinnedToSilo : PlacementStrategy;

    /// <summary>
    /// Chooses by grain type instead of by an attribute on the class: a silo caches the first strategy that it resolves, which
    /// would be the default while no running silo has the class.
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
