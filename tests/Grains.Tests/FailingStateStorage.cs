using Orleans.Storage;

namespace Chitti.Grains.Tests;

/// <summary>
/// Grain storage whose calls fail according to a plan. In the plan they are <c>Write</c>, <c>Read</c> and <c>Clear</c>, with
/// the type of the state as first argument.
/// </summary>
internal sealed class FailingStateStorage(IGrainStorage inner, FailurePlan plan) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        plan.Enter("Read", typeof(T));
        return inner.ReadStateAsync(stateName, grainId, grainState);
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        plan.Enter("Write", typeof(T));
        return inner.WriteStateAsync(stateName, grainId, grainState);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        plan.Enter("Clear", typeof(T));
        return inner.ClearStateAsync(stateName, grainId, grainState);
    }

    public void Participate(ISiloLifecycle observer) => ((ILifecycleParticipant<ISiloLifecycle>)inner).Participate(observer);
}
