using Chitti.Imaging;
using Chitti.Inference;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Chitti.Detection;

/// <summary>Adds detection to a silo.</summary>
public static class DetectionServices
{
    /// <summary>
    /// Registers the detector grain, the models of this process (read when their options are validated), and a CPU engine
    /// for each. A silo that does not call this loads no detection code, because Orleans does not find the grain class by
    /// itself. The host registers options, the pixel budget, the image decoders, the object store and <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddDetection(this IServiceCollection services)
    {
        services.AddSingleton<ModelRule>();
        services.AddSingleton<IValidateOptions<ModelOptions>>(provider => provider.GetRequiredService<ModelRule>());
        services.TryAddSingleton(provider =>
        {
            _ = provider.GetRequiredService<IOptions<ModelOptions>>().Value;
            return provider.GetRequiredService<ModelRule>().Shelf;
        });
        services.TryAddSingleton<CpuEngines>();
        services.TryAddSingleton(provider => new DetectionEngines(
            provider.GetRequiredService<ModelShelf>(), provider.GetRequiredService<CpuEngines>().Create));
        services.Configure<GrainTypeOptions>(types => types.AddClass(typeof(DetectorGrain)));
        services.AddSingleton<ModelRegistration>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            provider => ActivatorUtilities.CreateInstance<DetectorAnnouncer>(provider, "cpu"));
        services.AddSingleton<StoredImageGate>();
        services.AddSingleton<IReferenceSource, StoredReferences>();
        services.AddSingleton<ReferenceCache>();
        services.AddSingleton<Inspector>();
        return services;
    }

    /// <summary>Creates engines as configured.</summary>
    private sealed class CpuEngines(IOptions<DetectorOptions> detector, IOptions<ImageLimits> limits, PixelBudget budget)
    {
        public CpuDetectionEngine Create(ModelEntry model) => new CpuDetectionEngine(model.Model, new()
        {
            Sessions = detector.Value.Sessions,
            Limits = limits.Value,
            MaxQueuedImages = detector.Value.QueueImages,
            MaxQueuedBytes = detector.Value.QueueBytes,
            Budget = budget,
        });
    }
}
