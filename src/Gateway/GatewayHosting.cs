using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>Makes a host serve the HTTP API. The host must add storage, the object store and an Orleans client or silo.</summary>
public static class GatewayHosting
{
    /// <summary>Adds the services of the API.</summary>
    public static void AddChittiGateway(this IHostApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        var services = builder.Services;
        services.AddGatewaySettings();
        services.TryAddSingleton<DetectorChoice>();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        services.AddApiHttp();
        services.AddApiDocument();

        services.AddSingleton<UploadHandler>();
        services.AddSingleton<UploadReader>();
        services.AddSingleton<PartStager>();
        services.AddSingleton<FileIntake>();
        services.AddSingleton<Backlog>();
        services.AddSingleton<ProfileChoice>();
        services.AddSingleton<ReferenceUpload>();
        services.AddSingleton<ImageBody>();
        services.AddSingleton<DirectDetection>();
        services.AddSingleton<RenditionReader>();
        services.AddSingleton<ReportFiles>();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database").AddCheck<ObjectStoreHealthCheck>("objects");
    }

    /// <summary>Binds the settings of a gateway.</summary>
    public static void AddGatewaySettings(this IServiceCollection services)
    {
        services.AddSettings<GatewayOptions>(GatewayOptions.Section);
        services.AddSettings<LimitOptions>(LimitOptions.Section);
        services.AddSettings<ImageLimits>(ImageLimits.Section);
        services.AddSettings<PixelBudgetOptions>(PixelBudgetOptions.Section);
    }

    /// <summary>Maps the API, its documentation and the pages for operators.</summary>
    public static void MapChittiGateway(this WebApplication app)
    {
        app.UseApiHttp();
        app.UseOperations();
        var limits = app.Services.GetRequiredService<IOptions<LimitOptions>>().Value;
        var api = app.MapGroup("/api").WithMetadata(new RequestSizeLimitAttribute(limits.MaxJsonBytes));
        api.RefuseUnknownQuery();
        api.MapFiles(limits);
        api.MapInspections();
        api.MapDetection(limits);
        api.MapReports();
        api.MapProfiles(limits);
        api.MapModels();
        app.MapOperations();
    }
}
