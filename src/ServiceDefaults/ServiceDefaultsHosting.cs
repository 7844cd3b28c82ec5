using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Chitti.ServiceDefaults;

/// <summary>Logging, metrics, health checks, clock and listen rules of every host.</summary>
public static class ServiceDefaultsHosting
{
    /// <summary>Adds the defaults. A second call adds nothing.</summary>
    public static void AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        MetricsSetup.Ensure();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });

        // Orleans places grains through Polly, which logs every successful attempt.
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        var services = builder.Services;
        services.AddHealthChecks();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FirstScrape>());
        services.TryAddSingleton<TimeProvider, ProcessClock>();
        services.AddSettings<ListenOptions>(ListenOptions.Section);
        services.AddSettingsRule<ListenOptions, ListenRule>();
    }

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>.</summary>
    public static void MapServiceDefaults(this WebApplication app)
    {
        // Liveness runs no checks, because a restart would not fix what they report.
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = HealthResponse.WriteAsync });
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = HealthResponse.WriteAsync });
        app.MapMetrics("/metrics");
    }
}
