using Chitti.Storage;

namespace Chitti.Cluster.Tests;

/// <summary>Staging the first document of accepted work blocks until cancelled; everything else is staged normally.</summary>
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

    public ValueTask CheckAsync(CancellationToken cancellationToken = default) => inner.CheckAsync(cancellationToken);

    /// <summary>Shared by the silos.</summary>
    public sealed class Hold
    {
        private int _calls;

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Take()
        {
            Reached.TrySetResult();
            return Interlocked.Increment(ref _calls) == 1;
        }
    }
}
