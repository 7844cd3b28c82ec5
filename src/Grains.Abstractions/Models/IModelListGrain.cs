using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>The models that detectors have registered. Key: 0.</summary>
[Alias("chitti.model-list-grain")]
public interface IModelListGrain : IGrainWithIntegerKey
{
    /// <summary>Every registered model, and which is the default.</summary>
    [Alias("list"), ReadOnly]
    Task<ModelList> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists models that <see cref="IModelGrain.RegisterAsync"/> has kept, beside those listed before, and sets the default.</summary>
    [Alias("register")]
    Task RegisterAsync(IReadOnlyList<string> ids, string defaultId, CancellationToken cancellationToken = default);
}
