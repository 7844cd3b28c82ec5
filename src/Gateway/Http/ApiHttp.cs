using System.Text.Json.Serialization;
using Chitti.Grains.Abstractions;

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
        services.ConfigureHttpJsonOptions(options =>
        {
            ApiJson.Configure(options.SerializerOptions);

            // A misspelt limit that is silently left out would pass parts that it was to reject.
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.RespectNullableAnnotations = true;
        });
    }

    internal static void UseApiHttp(this IApplicationBuilder app)
    {
        app.UseRequestId();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(ForgetBytesOutsideTheRange);
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
