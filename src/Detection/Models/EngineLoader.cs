using Chitti.Inference;

namespace Chitti.Detection;

/// <summary>
/// Creates engines, which blocks for seconds while a model is read and run for the first time. Each is created on its own
/// thread, so no grain turn and no pool thread is blocked; in a process, only one model loads at a time.
/// </summary>
/// <param name="create">Creates the engine for a model.</param>
internal sealed class EngineLoader(Func<ModelEntry, IDetectionEngine> create)
{
    private readonly Lock _oneAtATime = new();

    public Task<IDetectionEngine> LoadAsync(ModelEntry model)
    {
        var loaded = new TaskCompletionSource<IDetectionEngine>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                lock (_oneAtATime)
                {
                    loaded.SetResult(create(model));
                }
            }
            catch (Exception exception)
            {
                loaded.SetException(exception);
            }
        })
        {
            IsBackground = true,
            Name = $"load {model.Description.Id}",
        };
        thread.Start();
        return loaded.Task;
    }
}
