using Chitti.Inference;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Chitti.Detection;

/// <summary>Makes a silo a detector.</summary>
public static class DetectionServices
{
    /// <summary>
    /// Registers the detector grain, the models that it runs and how an engine is made for each. A silo that does not call this
    /// loads nothing of detection: Orleans does not find the grain class by itself.
    /// </summary>
    /// <param name="services">The host's services; the object store and <see cref="TimeProvider"/> are theirs to bring.</param>
    /// <param name="shelf">The models to run.</param>
    /// <param name="createEngine">How an engine is made for a model.</param>
    /// <param name="accelerator">What the engines run on, in one word; the last part of the detector's key.</param>
    public static IServiceCollection AddDetection(
        this IServiceCollection services, ModelShelf shelf, Func<ModelEntry, IDetectionEngine> createEngine, string accelerator = "cpu")
    {
        services.AddSingleton(shelf);
        services.AddSingleton(_ => new DetectionEngines(shelf, createEngine));
        services.Configure<GrainTypeOptions>(types => types.AddClass(typeof(DetectorGrain)));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, ModelRegistration>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            provider => ActivatorUtilities.CreateInstance<DetectorAnnouncer>(provider, accelerator));
        return services;
    }
}
