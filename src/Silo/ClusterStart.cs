using Chitti.Grains.Abstractions;

namespace Chitti.Silo;

/// <summary>Sets recovery going once this silo is up. Every core silo does; the first call registers the reminder.</summary>
internal sealed class ClusterStart(IGrainFactory grains) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => grains.GetGrain<IRecoveryGrain>(0).StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
