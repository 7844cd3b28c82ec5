using Chitti.Detection;
using Chitti.Grains;
using Chitti.Imaging;
using Chitti.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Chitti.Silo;

/// <summary>Makes a host a silo with grains, detection, dashboard and health checks. Clustering, storage and streams are added separately.</summary>
public static class SiloHosting
{
    /// <summary>Adds a silo with the configured roles.</summary>
    public static void AddChittiSilo(this IHostApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        var services = builder.Services;
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SiloLifetime>());
        services.AddSiloSettings();
        services.AddImaging();
        DetectorPlacement.AddTo(services);
        var roles = RoleOptions.Read(builder.Configuration);
        if (roles.HasFlag(SiloRoles.Core))
        {
            services.AddSettingsRule<FontOptions>(fonts => fonts.FindFault());
            services.AddGrainServices();
        }

        if (roles.HasFlag(SiloRoles.Detector))
        {
            services.AddDetection();

            // Loads the model while the silo starts, because both take about as long.
            services.AddHostedService<ModelWarmUp>();
            services.AddHealthChecks().AddCheck<DetectorHealthCheck>("detector");
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<GrainTypeOptions>, RoleGrains>());
        builder.UseOrleans(silo =>
        {
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionQuantum = TimeSpan.FromSeconds(15));
            silo.AddDashboard(dashboard => dashboard.HideTrace = true);
        });
    }

    /// <summary>Maps the health checks, metrics and dashboard of a silo without an API.</summary>
    public static void MapChittiSilo(this WebApplication app)
    {
        app.UseCrossSiteRefusal();
        app.UseRoutingWithHead();
        app.UseDashboardHeaders();
        app.MapServiceDefaults();
        app.MapOrleansDashboard("/dashboard");
    }

    /// <summary>Binds the settings of all roles.</summary>
    public static void AddSiloSettings(this IServiceCollection services)
    {
        services.AddSettings<RoleOptions>(RoleOptions.Section);
        services.AddSettings<ImageLimits>(ImageLimits.Section);
        services.AddSettings<PixelBudgetOptions>(PixelBudgetOptions.Section);
        services.AddSettings<FontOptions>(FontOptions.Section);
        services.AddSettings<WorkOptions>(WorkOptions.Section);
        services.AddSettings<DetectorOptions>(DetectorOptions.Section);
        services.AddSettings<ModelOptions>(ModelOptions.Section);
    }

    /// <summary>Adds the pixel budget, image decoders and fonts that the process shares.</summary>
    public static void AddImaging(this IServiceCollection services)
    {
        services.AddSingleton(provider => new PixelBudget(provider.GetRequiredService<IOptions<PixelBudgetOptions>>().Value.DecodedBytes));
        services.AddSingleton(provider => new ImageDecoders(
            provider.GetRequiredService<IOptions<ImageLimits>>().Value, provider.GetRequiredService<PixelBudget>()));

        // A failure is not cached, because a font may be installed later.
        services.AddSingleton(provider => new Lazy<FontFaces>(
            () => FontFaces.Load(provider.GetRequiredService<IOptions<FontOptions>>().Value.FontPath), LazyThreadSafetyMode.PublicationOnly));
    }
}
