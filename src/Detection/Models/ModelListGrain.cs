using Chitti.Grains.Abstractions;

namespace Chitti.Detection;

[GrainType("model-list")]
internal sealed class ModelListGrain(ModelShelf shelf) : Grain, IModelListGrain
{
    public Task<IReadOnlyList<ModelSnapshot>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ModelSnapshot>>([.. shelf.Models.Select(shelf.ToSnapshot)]);
}
