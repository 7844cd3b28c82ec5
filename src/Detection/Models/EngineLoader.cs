using Chitti.Inference;

namespace Chitti.Detection;

/// <summary>
/// Makes engines, which blocks for seconds while a model is read and run for the first time. One at a time in this process,
/// on threads of their own: neither a grain's turn nor a thread of the pool waits, and two models never load at once.
/// </summary>
/// <param name="create">How an engine is made for a model.</param>
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
