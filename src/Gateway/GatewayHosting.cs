using Chitti.Grains.Abstractions;
using Chitti.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>Makes a host serve the HTTP API. The host brings storage, the object store and the way to the grains.</summary>
public static class GatewayHosting
{
    /// <summary>Adds what the API needs.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">What the gateway asks the grains for; valid.</param>
    /// <param name="limits">How much a request may bring; valid.</param>
    public static void AddGateway(this IHostApplicationBuilder builder, GatewayOptions options, LimitOptions limits)
    {
        builder.AddServiceDefaults();
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DetectorChoice>();
        services.AddSingleton(Options.Create(options));
        services.AddSingleton(Options.Create(limits));
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        services.AddApiHttp();
        services.AddApiDocument();

        services.AddSingleton<UploadHandler>();
        services.AddSingleton<UploadReader>();
        services.AddSingleton<PartStager>();
        services.AddSingleton<FileIntake>();
        services.AddSingleton<ProfileChoice>();
        services.AddSingleton<ImageBody>();
        services.AddSingleton<ReportFiles>();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database").AddCheck<ObjectStoreHealthCheck>("objects");
    }

    /// <summary>Maps the API, its documents and the pages for operators.</summary>
    public static void MapGateway(this WebApplication app)
    {
        app.UseApiHttp();
        var limits = app.Services.GetRequiredService<IOptions<LimitOptions>>().Value;
        var api = app.MapGroup("/api").WithMetadata(new RequestSizeLimitAttribute(limits.MaxJsonBytes));
        api.MapFiles(limits);
        api.MapInspections();
        api.MapDetection(limits);
        api.MapReports();
        api.MapProfiles();
        api.MapModels();
        app.MapOperations();
    }
}
