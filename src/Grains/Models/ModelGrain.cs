using System.Text.Json;
using Chitti.Domain;
using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

[GrainType("model")]
internal sealed class ModelGrain([PersistentState("model", StateStorage.Name)] IPersistentState<ModelState> state) : Grain, IModelGrain
{
    public Task<ModelSnapshot?> GetAsync(CancellationToken cancellationToken) => Task.FromResult(state.State.Model);

    public async Task RegisterAsync(ModelSnapshot model, CancellationToken cancellationToken)
    {
        if (state.State.Model is { } known && Same(known, model))
        {
            return;
        }

        state.State = new() { Model = model };
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

    // Compared as JSON, because records compare lists by reference.
    private static bool Same(ModelSnapshot one, ModelSnapshot other) =>
        JsonSerializer.Serialize(one, ApiJson.Options) == JsonSerializer.Serialize(other, ApiJson.Options);
}
