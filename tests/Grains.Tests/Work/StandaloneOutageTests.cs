using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Grains.Tests;

public sealed class StandaloneOutageTests : OutageTests, IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    private protected override async Task<TestHost> StartAsync(FakeEngine engine, Action<IServiceCollection>? configure = null) =>
        await SiloHost.StartAsync(_data, engine, configure);
}
