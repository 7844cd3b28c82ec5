using Chitti.Inference;

namespace Chitti.Grains.Tests;

/// <summary>A silo whose engine never returns, so only the test calls the file grain.</summary>
public sealed class BlockedSilo : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _data = new();
    private readonly TaskCompletionSource _never = new();

    internal SiloHost Host { get; private set; } = null!;

    /// <summary>Folder of the objects.</summary>
    internal string ObjectsPath => Path.Combine(_data.Path, "objects");

    public async Task InitializeAsync() =>
        Host = await SiloHost.StartAsync(_data, new FakeEngine(_ => DetectionOutcome.Busy) { Gate = _never.Task });

    public async Task DisposeAsync() => await Host.KillAsync();

    public void Dispose() => _data.Dispose();
}
