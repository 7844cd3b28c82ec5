namespace Chitti.Grains;

/// <summary>
/// Runs CPU-bound work (drawing, encoding, writing reports) on the thread pool instead of in a grain's turn. The number of
/// slots limits how much runs at once, so that detection keeps enough cores.
/// </summary>
/// <param name="slots">Number of work items that run at once.</param>
internal sealed class CpuQueue(int slots) : IDisposable
{
    /// <summary>Key of the queue for thumbnails and annotated images, with a slot for every two cores.</summary>
    public const string Pictures = "pictures";

    /// <summary>Key of the queue for reports, with one slot. It is separate because a large report takes minutes and must not delay pictures.</summary>
    public const string Reports = "reports";

    private readonly SemaphoreSlim _free = new(slots);

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        RunAsync(() => Task.FromResult(work()), cancellationToken);

    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
#pragma warning disable RS0030 // The only place where a grain's work moves to the thread pool; bounded by the slots.
            return await Task.Run(work, cancellationToken);
#pragma warning restore RS0030
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
