using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chitti.Grains;

/// <summary>What the grains need beside storage and streams.</summary>
public static class GrainServices
{
    /// <summary>Adds it.</summary>
    /// <param name="services">The host's services; storage and <see cref="TimeProvider"/> are theirs to bring.</param>
    /// <param name="fontPath">Font file or folder; null for the system's.</param>
    /// <param name="work">How work is spread.</param>
    /// <param name="limits">What an image may be at most.</param>
    public static IServiceCollection AddGrainServices(
        this IServiceCollection services,
        string? fontPath,
        WorkOptions work,
        ImageLimits limits)
    {
        services.AddSingleton(limits);
        services.AddSingleton(Options.Create(work));
        services.AddSingleton(_ => new Lazy<FontFaces>(() => FontFaces.Load(fontPath), LazyThreadSafetyMode.PublicationOnly));
        services.AddKeyedSingleton(CpuQueue.Pictures, (_, _) => new CpuQueue(Math.Max(1, Environment.ProcessorCount / 2)));
        services.AddKeyedSingleton(CpuQueue.Reports, (_, _) => new CpuQueue(1));
        DetectorPlacement.AddTo(services);
        services.TryAddSingleton<DetectorChoice>();
        services.AddSingleton<FileRenderer>();
        services.AddSingleton<ReportProducer>();
        services.AddSingleton<OrphanSweeper>();
        services.AddSingleton<WorkPublisher>();
        services.AddSingleton<PublicationNotes>();
        services.AddHostedService(provider => provider.GetRequiredService<PublicationNotes>());
        return services;
    }
}
