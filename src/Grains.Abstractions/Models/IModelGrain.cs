using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>One model that the detectors of this system can run. Key: the model id.</summary>
[Alias("chitti.model-grain")]
public interface IModelGrain : IGrainWithStringKey
{
    /// <summary>The model; null when there is none of this id.</summary>
    [Alias("get"), ReadOnly]
    Task<ModelSnapshot?> GetAsync(CancellationToken cancellationToken = default);
}
