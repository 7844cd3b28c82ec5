namespace Chitti.Grains;

/// <summary>
/// Runs work that needs a core (drawing, encoding, writing reports) beside the grains' turns, a few pieces at a time, so
/// that it can't take the machine from detection.
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
            return await Task.Factory.StartNew(
                work, cancellationToken, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
