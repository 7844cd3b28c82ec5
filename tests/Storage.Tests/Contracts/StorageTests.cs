using Chitti.Domain;

namespace Chitti.Storage.Tests;

/// <summary>Base of the contract tests.</summary>
public abstract class StorageTests(Func<Task<TestStorage>> open) : IAsyncLifetime
{
    private protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private protected TestStorage Storage { get; private set; } = null!;

    private protected IFileStore Files => Storage.Files;

    private protected IWorkLedger Work => Storage.Work;

    public async Task InitializeAsync() => Storage = await open();

    public Task DisposeAsync() => Storage.DisposeAsync().AsTask();

    private protected async Task<FileSnapshot> AcceptAsync(DateTimeOffset? at = null)
    {
        var file = Rows.File(at);
        Assert.True(await Files.AcceptAsync([file], null));
        return Rows.Queued(file);
    }
}
