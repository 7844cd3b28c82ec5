using Chitti.Detection;
using Chitti.Storage;
using Microsoft.Extensions.Options;

namespace Chitti.Grains.Tests;

public sealed class StoredImageGateTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FolderObjectStore _objects;
    private readonly StoredImageGate _gate;

    public StoredImageGateTests()
    {
        _objects = new(new() { Root = _folder.Path });
        _gate = new(_objects, Options.Create(new DetectorOptions { QueueBytes = 100 }));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Enter_MoreThanFits_WaitsInOrderOfArrival()
    {
        await PutAsync(10, 60);
        var first = await EnterAsync(60);
        var second = EnterAsync(60);
        var small = EnterAsync(10);
        Assert.False(second.IsCompleted || small.IsCompleted);

        first.Dispose();
        first.Dispose();

        using var held = await second;
        (await small).Dispose();
        Assert.False(EnterAsync(60).IsCompleted);
    }

    [Fact]
    public async Task Enter_LargerThanAllowed_PassesAlone()
    {
        await PutAsync(10, 500);
        using var small = await EnterAsync(10);
        var large = EnterAsync(500);
        Assert.False(large.IsCompleted);

        small.Dispose();
        using var held = await large;

        Assert.False(EnterAsync(10).IsCompleted);
    }

    [Fact]
    public async Task Enter_Cancelled_LetsTheNextIn()
    {
        await PutAsync(60, 30);
        using var first = await EnterAsync(60);
        using var cancellation = new CancellationTokenSource();
        var second = EnterAsync(60, cancellation.Token);
        var third = EnterAsync(30);
        Assert.False(third.IsCompleted);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        (await third).Dispose();
    }

    [Fact]
    public async Task Enter_NoSuchObject_HoldsNothing()
    {
        await PutAsync(100);
        using var first = await EnterAsync(100);

        Assert.True(EnterAsync(7).IsCompletedSuccessfully);
    }

    /// <summary>Stores an object of each size.</summary>
    private async Task PutAsync(params int[] sizes)
    {
        foreach (var size in sizes)
        {
            await using var staged = await _objects.StageAsync();
            await staged.Content.WriteAsync(new byte[size]);
            await staged.CommitAsync($"files/{size}");
        }
    }

    private Task<IDisposable> EnterAsync(int size, CancellationToken cancellationToken = default) => _gate.EnterAsync($"files/{size}", cancellationToken);
}
