using Chitti.Storage;

namespace Chitti.Cluster.Tests;

/// <summary>Once the hold is armed, staging the first document of accepted work blocks until cancelled; everything else is staged normally.</summary>
internal sealed class HeldObjects(IObjectStore inner, HeldObjects.Hold hold) : IObjectStore
{
    public async ValueTask<IStagedObject> StageAsync(bool accepted = false, CancellationToken cancellationToken = default)
    {
        if (accepted && hold.Take())
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return await inner.StageAsync(accepted, cancellationToken);
    }

    public ValueTask CommitAsync(IReadOnlyList<(IStagedObject Staged, string Key)> objects, CancellationToken cancellationToken = default) =>
        inner.CommitAsync(objects, cancellationToken);

    public ValueTask<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken = default) => inner.OpenReadAsync(key, cancellationToken);

    public ValueTask<ObjectInfo?> GetInfoAsync(string key, CancellationToken cancellationToken = default) => inner.GetInfoAsync(key, cancellationToken);

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default) => inner.DeleteAsync(key, cancellationToken);

    public ValueTask<bool> MoveAsync(string key, string newKey, CancellationToken cancellationToken = default) => inner.MoveAsync(key, newKey, cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

    public ValueTask SyncAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default) => inner.SyncAsync(keys, cancellationToken);

    public ValueTask RemoveEmptyFoldersAsync(string prefix, Func<string, bool> isAbandoned, CancellationToken cancellationToken = default) =>
        inner.RemoveEmptyFoldersAsync(prefix, isAbandoned, cancellationToken);

    public ValueTask CheckAsync(CancellationToken cancellationToken = default) => inner.CheckAsync(cancellationToken);

    /// <summary>Shared by the silos.</summary>
    public sealed class Hold
    {
        private int _armed;

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Call it when the silos have started: they store the pairing of database and objects.</summary>
        public void Arm() => Volatile.Write(ref _armed, 1);

        public bool Take()
        {
            if (Interlocked.Exchange(ref _armed, 0) == 0)
            {
                return false;
            }

            Reached.TrySetResult();
            return true;
        }
    }
}
