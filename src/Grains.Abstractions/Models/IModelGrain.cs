using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>What is known of one model. Key: the model id.</summary>
[Alias("chitti.model-grain")]
public interface IModelGrain : IGrainWithStringKey
{
    /// <summary>The model; null when none of this id was ever registered.</summary>
    [Alias("get"), ReadOnly]
    Task<ModelSnapshot?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps what a detector read from the model's files; the last registration holds.</summary>
    [Alias("register")]
    Task RegisterAsync(ModelSnapshot model, CancellationToken cancellationToken = default);
}
