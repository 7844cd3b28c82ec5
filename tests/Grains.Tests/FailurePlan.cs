using System.Collections.Concurrent;

namespace Chitti.Grains.Tests;

/// <summary>Which calls of a decorated service fail, and how often each method was called.</summary>
internal sealed class FailurePlan
{
    private readonly ConcurrentDictionary<string, Func<object?, Exception?>> _failures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (object Argument, TaskCompletionSource Reached, Task Gate)> _delays = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);

    public int CallsOf(string method) => _calls.GetValueOrDefault(method);

    /// <summary>The next calls of a method fail; later ones succeed.</summary>
    public void Fail(string method, int times, Func<Exception>? exception = null)
    {
        var left = times;
        _failures[method] = _ => Interlocked.Decrement(ref left) >= 0 ? exception?.Invoke() ?? new IOException("The test says no.") : null;
    }

    /// <summary>A method always fails for one value of its first argument.</summary>
    public void FailFor(string method, object argument, Exception exception) =>
        _failures[method] = given => Equals(given, argument) ? exception : null;

    /// <summary>The next call of a method with this first argument returns only when the gate opens.</summary>
    public void DelayAfter(string method, object argument, TaskCompletionSource reached, Task gate) => _delays[method] = (argument, reached, gate);

    /// <summary>The gate that a call has to wait for.</summary>
    public Task LeaveAsync(string method, object? firstArgument)
    {
        if (!_delays.TryGetValue(method, out var delay) || !Equals(delay.Argument, firstArgument) || !_delays.TryRemove(method, out _))
        {
            return Task.CompletedTask;
        }

        delay.Reached.TrySetResult();
        return delay.Gate;
    }

    public void Mend(string method) => _failures.TryRemove(method, out _);

    public void Enter(string method, object? firstArgument)
    {
        _calls.AddOrUpdate(method, 1, (_, before) => before + 1);
        if (_failures.TryGetValue(method, out var failure) && failure(firstArgument) is { } exception)
        {
            throw exception;
        }
    }
}
