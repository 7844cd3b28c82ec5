namespace Chitti.Gateway.Tests;

/// <summary>Polls with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The first value for which the condition holds.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> get, Func<T, bool> holds)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            var value = await get();
            if (holds(value))
            {
                return value;
            }

            Assert.False(deadline.IsCancellationRequested, $"The condition did not hold within {Deadline.TotalSeconds} s; the last value was {value}.");
            await Task.Delay(Pause);
        }
    }
}
