using System.Collections.Concurrent;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Chitti.Cluster.Tests;

public interface INumberGrain : IGrainWithStringKey;

/// <summary>Takes numbers from its stream, handles each as the test says, and records it.</summary>
public abstract class NumberConsumer : Grain, INumberGrain, IStreamSubscriptionObserver, IAsyncObserver<int>
{
    /// <summary>By stream key: how often each number was taken.</summary>
    private static readonly ConcurrentDictionary<string, ConcurrentDictionary<int, int>> _taken = new();

    /// <summary>By stream key: what happens before a number is taken.</summary>
    private static readonly ConcurrentDictionary<string, Func<int, Task>> _before = new();

    public static ConcurrentDictionary<int, int> Taken(string key) => _taken.GetOrAdd(key, _ => new());

    public static void Before(string key, Func<int, Task> action) => _before[key] = action;

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        await handleFactory.Create<int>().ResumeAsync(this);

    public async Task OnNextAsync(int item, StreamSequenceToken? token = null)
    {
        var key = this.GetPrimaryKeyString();
        if (_before.TryGetValue(key, out var action))
        {
            await action(item);
        }

        Taken(key).AddOrUpdate(item, 1, (_, times) => times + 1);
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}

[ImplicitStreamSubscription(Namespace)]
public sealed class NumberGrain : NumberConsumer
{
    public const string Namespace = "numbers";
}
