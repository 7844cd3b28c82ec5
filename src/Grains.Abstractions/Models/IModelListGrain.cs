using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>The models that the detectors of this system can run. Key: 0.</summary>
[Alias("chitti.model-list-grain")]
public interface IModelListGrain : IGrainWithIntegerKey
{
    /// <summary>Every model, by id.</summary>
    [Alias("list"), ReadOnly]
    Task<IReadOnlyList<ModelSnapshot>> ListAsync(CancellationToken cancellationToken = default);
}
