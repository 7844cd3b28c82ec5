using Chitti.Grains.Abstractions;

namespace Chitti.Detection;

/// <summary>Registers this silo's models with their grains, so that profiles for them can be stored.</summary>
internal sealed class ModelRegistration(ModelShelf shelf, IGrainFactory grains)
{
    public async Task RegisterAsync(CancellationToken cancellationToken)
    {
        foreach (var model in shelf.Models)
        {
            await grains.GetGrain<IModelGrain>(model.Description.Id).RegisterAsync(model.ToSnapshot(), cancellationToken);
        }

        await grains.GetGrain<IModelListGrain>(0).RegisterAsync(
            [.. shelf.Models.Select(model => model.Description.Id)], shelf.Default.Description.Id, cancellationToken);
    }
}
