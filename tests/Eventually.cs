namespace Chitti.Tests;

/// <summary>Polls with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The first value for which the condition holds.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> get, Func<T, bool> holds)
    {
        using var deadline = new CancellationTokenSource(_deadline);
        while (true)
        {
            var value = await get();
            if (holds(value))
            {
                return value;
            }

            Assert.False(deadline.IsCancellationRequested, $"The condition did not hold within {_deadline.TotalSeconds} s; the last value was {value}.");
            await Task.Delay(_pause);
        }
    }
}
