using Chitti.Grains.Abstractions;

namespace Chitti.Detection;

/// <summary>
/// Registers the facts of this silo's models before the silo counts as started, so that profiles for them can be stored. A
/// failure ends the start: the silo would run models that the rest of the system does not know.
/// </summary>
internal sealed class ModelRegistration(ModelShelf shelf, IGrainFactory grains) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(ModelRegistration), ServiceLifecycleStage.Active, RegisterAsync);

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        foreach (var model in shelf.Models)
        {
            await grains.GetGrain<IModelGrain>(model.Description.Id).RegisterAsync(model.ToSnapshot(), cancellationToken);
        }

        await grains.GetGrain<IModelListGrain>(0).RegisterAsync(
            [.. shelf.Models.Select(model => model.Description.Id)], shelf.Default.Description.Id, cancellationToken);
    }
}
