using Chitti.Grains.Abstractions;

namespace Chitti.Detection;

[GrainType("model")]
internal sealed class ModelGrain(ModelShelf shelf) : Grain, IModelGrain
{
    public Task<ModelSnapshot?> GetAsync(CancellationToken cancellationToken) =>
        Task.FromResult(shelf.Find(this.GetPrimaryKeyString()) is { } model ? shelf.ToSnapshot(model) : null);
}
