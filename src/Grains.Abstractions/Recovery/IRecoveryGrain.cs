namespace Chitti.Grains.Abstractions;

/// <summary>Finds accepted work that is due and publishes it again. Key: 0.</summary>
[Alias("chitti.recovery-grain")]
public interface IRecoveryGrain : IGrainWithIntegerKey
{
    /// <summary>Starts periodic recovery.</summary>
    [Alias("start")]
    Task StartAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes one pass.</summary>
    /// <returns>Number of files and reports published.</returns>
    [Alias("recover")]
    Task<int> RecoverAsync(CancellationToken cancellationToken = default);
}
