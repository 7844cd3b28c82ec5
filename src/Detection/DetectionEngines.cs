using System.Collections.Concurrent;
using Chitti.Inference;

namespace Chitti.Detection;

/// <summary>One engine per model, made on first use and kept.</summary>
public sealed class DetectionEngines(ModelShelf shelf, Func<ModelEntry, IDetectionEngine> create) : IAsyncDisposable
{
    private readonly EngineLoader _loader = new(create);
    private readonly ConcurrentDictionary<string, Lazy<Task<IDetectionEngine>>> _engines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _failed = new(StringComparer.Ordinal);

    /// <summary>Ids of the models on the shelf.</summary>
    public IEnumerable<string> ModelIds => shelf.Models.Select(model => model.Description.Id);

    /// <summary>The models that run here or have not been tried yet; not those whose last load failed.</summary>
    public IEnumerable<string> UsableModelIds => ModelIds.Where(id => !_failed.ContainsKey(id));

    /// <summary>Images that wait in all engines.</summary>
    public int QueueLength => Loaded.Sum(engine => engine.QueueLength);

    private IEnumerable<IDetectionEngine> Loaded => _engines.Values
        .Where(engine => engine.IsValueCreated && engine.Value.IsCompletedSuccessfully)
        .Select(engine => engine.Value.Result);

    /// <summary>
    /// The engine of a model, which is loaded at the first call; null when there is no such model. After a failed load, the
    /// call that is told of it clears the way for the next one to try again.
    /// </summary>
    public Task<IDetectionEngine>? GetOrLoadAsync(string modelId)
    {
        if (shelf.Find(modelId) is not { } model)
        {
            return null;
        }

        var engine = _engines.GetOrAdd(modelId, _ => new(() => LoadAsync(model)));
        var loading = engine.Value;
        if (loading.IsFaulted)
        {
            // Only this one is removed: another caller may have begun anew already.
            _engines.TryRemove(new(modelId, engine));
        }

        return loading;
    }

    /// <summary>Stops every engine that was made.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var engine in Loaded)
        {
            await engine.DisposeAsync();
        }
    }

    private async Task<IDetectionEngine> LoadAsync(ModelEntry model)
    {
        var id = model.Description.Id;
        try
        {
            // Not on the scheduler of the grain that came first: it may be gone when the model is loaded.
            var engine = await _loader.LoadAsync(model).ConfigureAwait(false);
            _failed.TryRemove(id, out _);
            return engine;
        }
        catch
        {
            _failed[id] = true;
            throw;
        }
    }
}
