using Chitti.Domain;

namespace Chitti.Grains;

/// <summary>The objects that a sweep could not move or delete. The sweep goes on, because one of them must not keep all others.</summary>
internal sealed class SweepFailures
{
    /// <summary>Number of objects.</summary>
    public int Count { get; private set; }

    /// <summary>Key and error of the first.</summary>
    public (string Key, Exception Cause)? First { get; private set; }

    public void Add(string key, Exception cause)
    {
        Count++;
        First ??= (key, cause);
    }

    /// <returns>What the action returned; false when it failed.</returns>
    public async Task<bool> TryAsync(string key, Func<Task<bool>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception exception) when (exception is OutageException or InvalidDataException or ArgumentException)
        {
            // ArgumentException: a name that others chose is too long as a key in quarantine.
            Add(key, exception);
            return false;
        }
    }
}
