using Chitti.Storage;

namespace Chitti.Grains.Tests;

/// <summary>An object store whose objects open only when the test says so, and that counts those that are being opened.</summary>
internal sealed class SlowReading(IObjectStore inner) : IObjectStore
{
    private int _reading;
    private int _most;

    /// <summary>Nothing opens before this completes.</summary>
    public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Reading => Volatile.Read(ref _reading);

    /// <summary>Most objects that were being opened at one time.</summary>
    public int MostReading => Volatile.Read(ref _most);

    public async ValueTask<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        var reading = Interlocked.Increment(ref _reading);
        lock (Go)
        {
            _most = Math.Max(_most, reading);
        }

        await Go.Task.WaitAsync(cancellationToken);
        Interlocked.Decrement(ref _reading);
        return await inner.OpenReadAsync(key, cancellationToken);
    }

    public ValueTask<IStagedObject> StageAsync(bool accepted = false, CancellationToken cancellationToken = default) => inner.StageAsync(accepted, cancellationToken);

    public ValueTask CommitAsync(IReadOnlyList<(IStagedObject Staged, string Key)> objects, CancellationToken cancellationToken = default) =>
        inner.CommitAsync(objects, cancellationToken);

    public ValueTask<ObjectInfo?> GetInfoAsync(string key, CancellationToken cancellationToken = default) => inner.GetInfoAsync(key, cancellationToken);

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default) => inner.DeleteAsync(key, cancellationToken);

    public ValueTask<bool> MoveAsync(string key, string newKey, CancellationToken cancellationToken = default) => inner.MoveAsync(key, newKey, cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

    public ValueTask SyncAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default) => inner.SyncAsync(keys, cancellationToken);

    public ValueTask RemoveEmptyFoldersAsync(string prefix, Func<string, bool> isAbandoned, CancellationToken cancellationToken = default) =>
        inner.RemoveEmptyFoldersAsync(prefix, isAbandoned, cancellationToken);

    public ValueTask CheckAsync(CancellationToken cancellationToken = default) => inner.CheckAsync(cancellationToken);
}
