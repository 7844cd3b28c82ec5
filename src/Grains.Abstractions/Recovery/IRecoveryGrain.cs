namespace Chitti.Grains.Abstractions;

/// <summary>Finds work that was accepted and not finished, and puts it back on its stream. Key: 0.</summary>
[Alias("chitti.recovery-grain")]
public interface IRecoveryGrain : IGrainWithIntegerKey
{
    /// <summary>Starts looking, now and from then on.</summary>
    [Alias("start")]
    Task StartAsync(CancellationToken cancellationToken = default);

    /// <summary>Looks once.</summary>
    /// <returns>How many pieces of work were put back.</returns>
    [Alias("recover")]
    Task<int> RecoverAsync(CancellationToken cancellationToken = default);
}
