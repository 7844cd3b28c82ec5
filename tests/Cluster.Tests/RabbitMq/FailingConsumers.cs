using System.Collections.Concurrent;
using Orleans.Placement;
using Orleans.Runtime.Placement;
using Orleans.Storage;

namespace Chitti.Cluster.Tests;

/// <summary>A consumer with state, which is read on activation.</summary>
[ImplicitStreamSubscription(Namespace), TestPlacementFilter]
public sealed class StatefulNumberGrain(
    [PersistentState("numbers", ScriptedStorage.Name)] IPersistentState<StatefulNumberGrain.Numbers> state) : NumberConsumer
{
    public const string Namespace = "stateful";

    public bool HasState => state.RecordExists;

    public sealed class Numbers;
}

/// <summary>A storage whose reads do what the test wants.</summary>
public sealed class ScriptedStorage : IGrainStorage
{
    public const string Name = "scripted";

    /// <summary>By grain key: called when the state is read.</summary>
    private static readonly ConcurrentDictionary<string, Func<Task>> _reading = new();

    public static void Reading(string key, Func<Task> action) => _reading[key] = action;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _reading.TryGetValue(grainId.Key.ToString()!, out var action) ? action() : Task.CompletedTask;

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;
}

/// <summary>A consumer that no silo may host while the test says so.</summary>
[ImplicitStreamSubscription(Namespace), TestPlacementFilter]
public sealed class PlacedNumberGrain : NumberConsumer
{
    public const string Namespace = "placed";
}

/// <summary>Two consumers of the same streams.</summary>
[ImplicitStreamSubscription(FirstTwinGrain.Namespace)]
public sealed class FirstTwinGrain : NumberConsumer
{
    public const string Namespace = "twins";
}

[ImplicitStreamSubscription(FirstTwinGrain.Namespace)]
public sealed class SecondTwinGrain : NumberConsumer;

[AttributeUsage(AttributeTargets.Class)]
public sealed class TestPlacementFilterAttribute() : PlacementFilterAttribute(new TestPlacementFilter());

public sealed class TestPlacementFilter() : PlacementFilterStrategy(0);

public sealed class TestPlacementFilterDirector : IPlacementFilterDirector
{
    /// <summary>By grain key: the silos that may host it; all others may be hosted anywhere.</summary>
    private static readonly ConcurrentDictionary<string, Func<SiloAddress, bool>> _allowed = new();

    public static void Allow(string key, Func<SiloAddress, bool> silos) => _allowed[key] = silos;

    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos) =>
        _allowed.TryGetValue(target.GrainIdentity.Key.ToString()!, out var allowed) ? silos.Where(allowed) : silos;
}
