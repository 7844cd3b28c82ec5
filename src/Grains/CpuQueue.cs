namespace Chitti.Grains;

/// <summary>
/// Runs work that needs a core (drawing, encoding, writing reports) on the thread pool instead of in a grain's turn. At most as
/// many pieces run at a time as there are slots, so that it can't take the machine from detection.
/// </summary>
/// <param name="slots">Pieces of work at a time.</param>
internal sealed class CpuQueue(int slots) : IDisposable
{
    /// <summary>Thumbnails and annotated images, of which half the cores make as many at a time.</summary>
    public const string Pictures = "pictures";

    /// <summary>Reports, one at a time. A large one takes minutes, for which no picture should have to wait.</summary>
    public const string Reports = "reports";

    private readonly SemaphoreSlim _free = new(slots);

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        RunAsync(() => Task.FromResult(work()), cancellationToken);

    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
#pragma warning disable RS0030 // The one place where work leaves a grain's turn for the thread pool, bounded by the slots.
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
