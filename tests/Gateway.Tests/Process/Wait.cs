namespace Chitti.Gateway.Tests;

/// <summary>Polls with a deadline that only a hang reaches.</summary>
internal static class Wait
{
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until the condition holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, Func<string> what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!await holds())
        {
            Assert.False(deadline.IsCancellationRequested, $"Waited {Deadline.TotalMinutes} minutes in vain: {what()}");
            await Task.Delay(_pause);
        }
    }

    public static Task UntilAsync(Func<bool> holds, Func<string> what) => UntilAsync(() => Task.FromResult(holds()), what);
}
