using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>The models that detectors have registered. Key: 0.</summary>
[Alias("chitti.model-list-grain")]
public interface IModelListGrain : IGrainWithIntegerKey
{
    /// <summary>All registered models, and the default.</summary>
    [Alias("list"), ReadOnly]
    Task<ModelList> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds models that were stored with <see cref="IModelGrain.RegisterAsync"/>, and sets the default.</summary>
    [Alias("register")]
    Task RegisterAsync(IReadOnlyList<string> ids, string defaultId, CancellationToken cancellationToken = default);
}
