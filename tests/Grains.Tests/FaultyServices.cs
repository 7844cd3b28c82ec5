using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Chitti.Grains.Tests;

/// <summary>Makes registered services fail according to a plan, and replaces the clock.</summary>
internal static class FaultyServices
{
    public static void AddFaults<T>(this IServiceCollection services, FaultPlan plan) where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T) && !service.IsKeyedService).ImplementationFactory!;
        services.AddSingleton(provider => FaultProxy<T>.Around((T)inner(provider), plan));
    }

    public static void AddTime(this IServiceCollection services, TimeProvider time) => services.AddSingleton(time);

    public static void AddStateFaults(this IServiceCollection services, FaultPlan plan)
    {
        var inner = services
            .Last(service => service.ServiceType == typeof(IGrainStorage) && StateStorage.Name.Equals(service.ServiceKey))
            .KeyedImplementationFactory!;
        services.AddKeyedSingleton<IGrainStorage>(
            StateStorage.Name, (provider, key) => new FaultyStateStorage((IGrainStorage)inner(provider, key), plan));
    }
}
