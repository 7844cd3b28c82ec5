using Chitti.Domain;
using Chitti.ServiceDefaults;
using Microsoft.AspNetCore.HostFiltering;

namespace Chitti.Gateway;

/// <summary>What all endpoints share: JSON, problem documents, request ids.</summary>
internal static class ApiHttp
{
    internal static void AddApiHttp(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddConnectionRules();
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => ApiJson.ConfigureStrict(options.SerializerOptions));

        // Host filtering runs before this pipeline, and the framework's response to a refused host name is an HTML page.
        services.Configure<HostFilteringOptions>(options => options.IncludeFailureMessage = false);
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, BeforeHostFiltering>());
    }

    internal static void UseApiHttp(this IApplicationBuilder app)
    {
        app.UseConnectionRules();
        app.UseExceptionHandler();
        app.UseCrossSiteRefusal();
        app.UseRoutingWithHead();
        app.UseRangeRules();
        app.UseQueryRules();
        app.UseJsonBody();
    }

    /// <summary>Gives responses to refused host names a request id and a problem document too.</summary>
    private sealed class BeforeHostFiltering : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseRequestId();
            app.UseStatusCodePages();
            next(app);
        };
    }
}
