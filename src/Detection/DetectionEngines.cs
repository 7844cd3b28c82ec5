using System.Collections.Concurrent;
using Chitti.Inference;

namespace Chitti.Detection;

/// <summary>One engine a model, made on first use and kept.</summary>
public sealed class DetectionEngines(ModelShelf shelf, Func<ModelEntry, IDetectionEngine> create) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IDetectionEngine>>> _engines = new(StringComparer.Ordinal);

    /// <summary>The engine of a model; null when there is no such model. Loading and warming up happens off the caller's thread.</summary>
    public Task<IDetectionEngine>? Find(string modelId)
    {
        if (shelf.Find(modelId) is not { } model)
        {
            return null;
        }

        var creating = _engines.GetOrAdd(modelId, _ => new(() => Task.Factory.StartNew(
            () => create(model), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default)));
        if (creating.Value.IsFaulted)
        {
            // The next call tries again. Only this one is removed: another caller may have begun anew already.
            _engines.TryRemove(new(modelId, creating));
        }

        return creating.Value;
    }

    /// <summary>Stops every engine that was made.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines.Values.Where(engine => engine.IsValueCreated && engine.Value.IsCompletedSuccessfully))
        {
            await (await engine.Value).DisposeAsync();
        }
    }
}
