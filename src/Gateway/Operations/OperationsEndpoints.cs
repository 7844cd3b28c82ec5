using Chitti.ServiceDefaults;
using Orleans.Dashboard;
using Scalar.AspNetCore;

namespace Chitti.Gateway;

/// <summary>What operators and developers look at.</summary>
internal static class OperationsEndpoints
{
    internal static void MapOperations(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/docs", options =>
        {
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
