using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chitti.Grains;

/// <summary>Registers the services of the grains.</summary>
public static class GrainServices
{
    /// <summary>Registers the services of the grains. The host must add storage, streams, options, fonts, decoders and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddGrainServices(this IServiceCollection services)
    {
        services.AddKeyedSingleton(CpuQueue.Pictures, (_, _) => new CpuQueue(Math.Max(1, Environment.ProcessorCount / 2)));
        services.AddKeyedSingleton(CpuQueue.Reports, (_, _) => new CpuQueue(1));
        services.TryAddSingleton<DetectorChoice>();
        services.AddSingleton<FileRenderer>();
        services.AddSingleton<ReportProducer>();
        services.AddSingleton<OrphanSweeper>();
        services.TryAddSingleton<StorePairing>();
        services.AddSingleton<WorkPublisher>();
        services.AddSingleton<PublicationRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<PublicationRecorder>());
        return services;
    }
}
