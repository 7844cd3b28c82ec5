using Chitti.Storage;

namespace Chitti.Tests;

/// <summary>An object store in which something happens at a certain moment, as if by another process.</summary>
internal sealed class HookedObjects(IObjectStore inner) : IObjectStore
{
    /// <summary>Runs before an object is staged.</summary>
    public Action? BeforeStage { get; set; }

    /// <summary>Runs when an object was opened, before the result is used.</summary>
    public Func<string, Task>? AfterOpen { get; set; }

    /// <summary>Runs when an object has got a new key.</summary>
    public Func<string, string, Task>? AfterMove { get; set; }

    /// <summary>Replaces the commit of a single object.</summary>
    public Func<Task>? Commit { get; set; }

    public async ValueTask<IStagedObject> StageAsync(bool accepted = false, CancellationToken cancellationToken = default)
    {
        BeforeStage?.Invoke();
        var staged = await inner.StageAsync(accepted, cancellationToken);
        return Commit is null ? staged : new Staged(staged, Commit);
    }

    public ValueTask CommitAsync(IReadOnlyList<(IStagedObject Staged, string Key)> objects, CancellationToken cancellationToken = default) =>
        inner.CommitAsync(objects, cancellationToken);

    public async ValueTask<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        var opened = await inner.OpenReadAsync(key, cancellationToken);
        await (AfterOpen?.Invoke(key) ?? Task.CompletedTask);
        return opened;
    }

    public ValueTask<ObjectInfo?> GetInfoAsync(string key, CancellationToken cancellationToken = default) => inner.GetInfoAsync(key, cancellationToken);

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default) => inner.DeleteAsync(key, cancellationToken);

    public async ValueTask<bool> MoveAsync(string key, string newKey, CancellationToken cancellationToken = default)
    {
        var moved = await inner.MoveAsync(key, newKey, cancellationToken);
        await (AfterMove?.Invoke(key, newKey) ?? Task.CompletedTask);
        return moved;
    }

    public ValueTask SyncAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default) => inner.SyncAsync(keys, cancellationToken);

    public ValueTask RemoveEmptyFoldersAsync(string prefix, Func<string, bool> isAbandoned, CancellationToken cancellationToken = default) =>
        inner.RemoveEmptyFoldersAsync(prefix, isAbandoned, cancellationToken);

    public ValueTask CheckAsync(CancellationToken cancellationToken = default) => inner.CheckAsync(cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

    private sealed class Staged(IStagedObject inner, Func<Task> commit) : IStagedObject
    {
        public Stream Content => inner.Content;

        public async ValueTask CommitAsync(string key, CancellationToken cancellationToken = default) => await commit();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
