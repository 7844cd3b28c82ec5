using System.Collections.Concurrent;
using Chitti.Inference;

namespace Chitti.Detection;

/// <summary>One engine per model, created on first use and kept.</summary>
public sealed class DetectionEngines(ModelShelf shelf, Func<ModelEntry, IDetectionEngine> create) : IAsyncDisposable
{
    private readonly EngineLoader _loader = new(create);
    private readonly ConcurrentDictionary<string, Lazy<Task<IDetectionEngine>>> _engines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _failed = new(StringComparer.Ordinal);

    /// <summary>Ids of the models on the shelf.</summary>
    public IEnumerable<string> ModelIds => shelf.Models.Select(model => model.Description.Id);

    /// <summary>Ids of the models that are loaded or have not been tried yet; not of those whose last load failed.</summary>
    public IEnumerable<string> UsableModelIds => ModelIds.Where(id => !_failed.ContainsKey(id));

    /// <summary>Images waiting in all engines.</summary>
    public int QueueLength => Loaded.Sum(engine => engine.QueueLength);

    private IEnumerable<IDetectionEngine> Loaded => _engines.Values
        .Where(engine => engine.IsValueCreated && engine.Value.IsCompletedSuccessfully)
        .Select(engine => engine.Value.Result);

    /// <summary>
    /// The engine of a model, loaded on the first call; null if there is no such model. A call that observes a failed load
    /// forgets it, so the next call tries again.
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
            // Remove only this load: another caller may have started a new one already.
            _engines.TryRemove(new(modelId, engine));
        }

        return loading;
    }

    /// <summary>Stops every engine that was created.</summary>
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
            // Not on the calling grain's scheduler: the grain may be deactivated by the time the model is loaded.
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
