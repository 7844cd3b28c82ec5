using Chitti.Domain;
using Microsoft.AspNetCore.HostFiltering;

namespace Chitti.Gateway;

/// <summary>What all endpoints share: JSON, problem documents, request ids.</summary>
internal static class ApiHttp
{
    internal static void AddApiHttp(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => ApiJson.ConfigureStrict(options.SerializerOptions));

        // The host names are filtered before the pipeline begins, and the framework's own refusal is a page of HTML.
        services.Configure<HostFilteringOptions>(options => options.IncludeFailureMessage = false);
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, BeforeHostFilter>());
    }

    internal static void UseApiHttp(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.Use(ForgetBytesOutsideTheRange);
        app.UseJsonBody();
    }

    /// <summary>What a refused host name gets, too: a request id and a problem document.</summary>
    private sealed class BeforeHostFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseRequestId();
            app.UseStatusCodePages();
            next(app);
        };
    }

    /// <summary>The framework answers a range outside the bytes with the headers of these bytes; a problem document has its own.</summary>
    private static async Task ForgetBytesOutsideTheRange(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var response = context.Response;
        if (response is { StatusCode: StatusCodes.Status416RangeNotSatisfiable, HasStarted: false })
        {
            response.ContentLength = null;
            response.ContentType = null;
            response.Headers.ContentDisposition = default;
            response.Headers.ETag = default;
        }
    }
}
