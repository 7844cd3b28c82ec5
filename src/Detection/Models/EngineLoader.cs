using Chitti.Inference;

namespace Chitti.Detection;

/// <summary>
/// Creates engines, which blocks for seconds while a model is read and run for the first time. Each is created on its own
/// thread, so no grain turn and no pool thread is blocked; in a process, only one model loads at a time.
/// </summary>
/// <param name="create">Creates the engine for a model.</param>
internal sealed class EngineLoader(Func<ModelEntry, IDetectionEngine> create)
{
    private readonly OwnThread _thread = new("load a model");

    public Task<IDetectionEngine> LoadAsync(ModelEntry model) => _thread.RunAsync(() => create(model));
}
