namespace Chitti.Grains.Tests;

public sealed class StandaloneRecoveryGrainTests : RecoveryGrainTests, IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    private protected override async Task<TestHost> StartAsync(FakeEngine engine) => await SiloHost.StartAsync(_data, engine);
}
