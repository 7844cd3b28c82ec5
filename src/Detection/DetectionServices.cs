using Chitti.Inference;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Detection;

/// <summary>Registers what detector grains need.</summary>
public static class DetectionServices
{
    /// <summary>Registers the models of this process and how an engine is made for each.</summary>
    /// <param name="services">The host's services; <see cref="TimeProvider"/> is theirs to bring.</param>
    /// <param name="shelf">The models to run.</param>
    /// <param name="createEngine">How an engine is made for a model.</param>
    public static IServiceCollection AddDetection(
        this IServiceCollection services, ModelShelf shelf, Func<ModelEntry, IDetectionEngine> createEngine)
    {
        services.AddSingleton(shelf);
        services.AddSingleton(_ => new DetectionEngines(shelf, createEngine));
        services.AddSingleton<Inspector>();
        return services;
    }
}
