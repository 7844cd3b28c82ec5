using Chitti.ServiceDefaults;
using Orleans.Dashboard;
using Scalar.AspNetCore;

namespace Chitti.Gateway;

/// <summary>What operators and developers look at.</summary>
internal static class OperationsEndpoints
{
    // Whatever the page's script would like to fetch elsewhere, the browser refuses.
    private const string DocsPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'";

    internal static void MapOperations(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/docs", (options, context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = DocsPolicy;
            options.Title = "Chitti";
            options.OpenApiRoutePattern = "/openapi/{documentName}.json";

            // The page must work without the internet, and must not speak to anyone but this host.
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.HideClientButton = true;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.Agent = new() { Disabled = true };
            options.Mcp = new() { Disabled = true };
        });
        app.MapOrleansDashboard("/dashboard");
    }
}
