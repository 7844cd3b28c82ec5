using Chitti.Domain;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Chitti.Grains;

/// <summary>Makes grain storage throw <see cref="OutageException"/> for outages, like the other stores.</summary>
public static class StateStorageOutages
{
    /// <summary>Wraps the registered grain storage. Call it after the registration.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="translator">Makes the function that gives the outage that a database exception stands for; null when it is not an outage.</param>
    public static IServiceCollection TranslateStateStorageOutages(
        this IServiceCollection services, Func<IServiceProvider, Func<Exception, OutageException?>> translator)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IGrainStorage) && StateStorage.Name.Equals(service.ServiceKey));
        services.Remove(inner);
        return services.AddKeyedSingleton<IGrainStorage>(
            StateStorage.Name, (provider, key) => new Translating((IGrainStorage)inner.KeyedImplementationFactory!(provider, key), translator(provider)));
    }

    private sealed class Translating(IGrainStorage inner, Func<Exception, OutageException?> translate)
        : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            TranslateAsync(inner.ReadStateAsync(stateName, grainId, grainState));

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            TranslateAsync(inner.WriteStateAsync(stateName, grainId, grainState));

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            TranslateAsync(inner.ClearStateAsync(stateName, grainId, grainState));

        public void Participate(ISiloLifecycle observer) => (inner as ILifecycleParticipant<ISiloLifecycle>)?.Participate(observer);

        private async Task TranslateAsync(Task call)
        {
            try
            {
                await call;
            }
            catch (Exception exception) when (translate(exception) is { } outage)
            {
                throw outage;
            }
        }
    }
}
