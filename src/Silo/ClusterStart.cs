using Chitti.Grains.Abstractions;

namespace Chitti.Silo;

/// <summary>Starts recovery once this silo is up. Every core silo does so, and repeated calls are harmless.</summary>
internal sealed class ClusterStart(IGrainFactory grains) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => grains.GetGrain<IRecoveryGrain>(0).StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
