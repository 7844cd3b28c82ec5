using Chitti.Grains.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Cluster.Tests;

// Tests that hold for every mode, run on two silos, one class each.
[Collection(PipelineGroup.Name)]
public sealed class PipelineOutageTests(PipelineServers servers) : OutageTests
{
    private protected override async Task<TestHost> StartAsync(FakeEngine engine, Action<IServiceCollection>? configure = null) =>
        await ClusterHost.StartAsync(servers, engine, configure);
}

[Collection(PipelineGroup.Name)]
public sealed class PipelineRecoveryGrainTests(PipelineServers servers) : RecoveryGrainTests
{
    private protected override async Task<TestHost> StartAsync(FakeEngine engine) => await ClusterHost.StartAsync(servers, engine);
}
