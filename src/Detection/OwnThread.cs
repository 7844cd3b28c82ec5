namespace Chitti.Detection;

/// <summary>Runs what blocks for long on threads of its own, one after the other.</summary>
/// <param name="name">Name of the threads.</param>
internal sealed class OwnThread(string name)
{
    private readonly Lock _oneAtATime = new();

    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                lock (_oneAtATime)
                {
                    done.SetResult(work());
                }
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        })
        {
            IsBackground = true,
            Name = name,
        }.Start();
        return done.Task;
    }
}
