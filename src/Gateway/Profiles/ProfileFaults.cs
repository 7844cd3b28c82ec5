using System.Text.Json;
using Chitti.Domain;
using Chitti.Grains.Abstractions;

namespace Chitti.Gateway;

/// <summary>Finds every fault of a profile that a client sent, so that one response names all of them.</summary>
internal static class ProfileFaults
{
    /// <summary>Adds the faults of what could be read of a body that is not a profile.</summary>
    internal static async Task<IReadOnlyDictionary<string, string[]>> AddAsync(
        HttpContext context, JsonElement json, IReadOnlyDictionary<string, string[]> faults, CancellationToken cancellationToken)
    {
        var grains = context.RequestServices.GetRequiredService<IGrainFactory>();
        var models = (await grains.GetGrain<IModelListGrain>(0).ListAsync(cancellationToken)).Models;
        return ProfileFile.AddFaultsOfRest(faults, json, (profile, unread) => Find(profile, unread, models));
    }

    /// <summary>The faults of a profile together with one that has been found already.</summary>
    internal static async Task<IReadOnlyDictionary<string, string[]>> AddAsync(
        string field, string fault, ComponentProfile profile, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var models = (await grains.GetGrain<IModelListGrain>(0).ListAsync(cancellationToken)).Models;
        return new Dictionary<string, string[]>(Find(profile, [], models), StringComparer.Ordinal) { [field] = [fault] };
    }

    private static IReadOnlyDictionary<string, string[]> Find(ComponentProfile profile, IReadOnlyCollection<string> unread, IReadOnlyList<ModelSnapshot> models) =>
        ProfileErrors.Find(
            profile,
            models.FirstOrDefault(model => string.Equals(model.Identity.Id, profile.ModelId, StringComparison.Ordinal)),
            models.Select(model => model.Identity.Id),
            unread);
}
