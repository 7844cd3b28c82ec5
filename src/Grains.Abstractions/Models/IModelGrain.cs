using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>The facts about one model. Key: the model id.</summary>
[Alias("chitti.model-grain")]
public interface IModelGrain : IGrainWithStringKey
{
    /// <summary>The model; null when it was never registered.</summary>
    [Alias("get"), ReadOnly]
    Task<ModelSnapshot?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Stores what a detector read from the model's files, replacing an earlier registration.</summary>
    [Alias("register")]
    Task RegisterAsync(ModelSnapshot model, CancellationToken cancellationToken = default);
}
