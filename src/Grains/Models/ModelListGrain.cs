using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

[GrainType("model-list")]
internal sealed class ModelListGrain([PersistentState("model-list", StateStorage.Name)] IPersistentState<ModelListState> state)
    : Grain, IModelListGrain
{
    public async Task<ModelList> ListAsync(CancellationToken cancellationToken)
    {
        var listed = state.State;
        var models = await Task.WhenAll(listed.Ids.Select(id => GrainFactory.GetGrain<IModelGrain>(id).GetAsync(cancellationToken)));
        return new([.. models.OfType<ModelSnapshot>()], listed.DefaultId);
    }

    public async Task RegisterAsync(IReadOnlyList<string> ids, string defaultId, CancellationToken cancellationToken)
    {
        var known = state.State;
        if (!ids.Except(known.Ids, StringComparer.Ordinal).Any() && string.Equals(known.DefaultId, defaultId, StringComparison.Ordinal))
        {
            return;
        }

        state.State = new() { Ids = [.. known.Ids.Union(ids, StringComparer.Ordinal).Order(StringComparer.Ordinal)], DefaultId = defaultId };
        try
        {
            await state.WriteStateAsync(CancellationToken.None);
        }
        catch
        {
            // The state in memory differs from the stored one, so the next call must read it again.
            DeactivateOnIdle();
            throw;
        }
    }
}
