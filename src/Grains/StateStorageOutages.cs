using Chitti.Domain;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Chitti.Grains;

/// <summary>Where grain state meets its database: outages leave as <see cref="OutageException"/>, as from every other store.</summary>
public static class StateStorageOutages
{
    /// <summary>Wraps the grain storage that is registered. Call it after the registration.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="translate">The outage that an exception of the database tells of; null when it tells of none.</param>
    public static IServiceCollection TranslateStateStorageOutages(this IServiceCollection services, Func<Exception, OutageException?> translate)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IGrainStorage) && StateStorage.Name.Equals(service.ServiceKey));
        services.Remove(inner);
        return services.AddKeyedSingleton<IGrainStorage>(
            StateStorage.Name, (provider, key) => new Translating((IGrainStorage)inner.KeyedImplementationFactory!(provider, key), translate));
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
