using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Chitti.Grains.Tests;

/// <summary>Makes registered services fail according to a plan, and replaces the clock.</summary>
internal static class FailingServices
{
    public static void AddFailures<T>(this IServiceCollection services, FailurePlan plan) where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T) && !service.IsKeyedService).ImplementationFactory!;
        services.AddSingleton(provider => FailingProxy<T>.Around((T)inner(provider), plan));
        if (typeof(T) == typeof(IObjectStore))
        {
            // The pairing reads and writes without failures, so that its calls are not among those that a test counts.
            services.AddSingleton(provider => new StorePairing(provider.GetRequiredService<IDatabasePairing>(), (IObjectStore)inner(provider)));
        }
    }

    public static void AddTime(this IServiceCollection services, TimeProvider time) => services.AddSingleton(time);

    public static void AddStateFailures(this IServiceCollection services, FailurePlan plan)
    {
        var inner = services
            .Last(service => service.ServiceType == typeof(IGrainStorage) && StateStorage.Name.Equals(service.ServiceKey))
            .KeyedImplementationFactory!;
        services.AddKeyedSingleton<IGrainStorage>(
            StateStorage.Name, (provider, key) => new FailingStateStorage((IGrainStorage)inner(provider, key), plan));
    }
}
