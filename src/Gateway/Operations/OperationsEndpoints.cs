using Chitti.ServiceDefaults;
using Orleans.Dashboard;
using Scalar.AspNetCore;

namespace Chitti.Gateway;

/// <summary>Pages for operators and developers.</summary>
internal static class OperationsEndpoints
{
    // Keeps the page's script from loading anything from other hosts.
    private const string DocsPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'";

    internal static void UseOperations(this IApplicationBuilder app)
    {
        app.UsePageHeaders("/docs", DocsPolicy);
        app.UseDashboardHeaders();
    }

    internal static void MapOperations(this WebApplication app)
    {
        app.MapServiceDefaults();

        // Without the rule the framework answers for other names, in plain text.
        app.MapOpenApi($"/openapi/{{documentName:regex(^{ApiDocument.Name}$)}}.json");
        app.MapScalarApiReference("/docs", options =>
        {
            options.Title = "Chitti";
            options.OpenApiRoutePattern = "/openapi/{documentName}.json";

            // The page must work offline and must not contact other hosts.
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
