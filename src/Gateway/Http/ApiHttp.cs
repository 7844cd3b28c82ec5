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
            options.SerializerOptions.RespectNullableAnnotations = true;
        });
    }

    internal static void UseApiHttp(this IApplicationBuilder app)
    {
        app.UseRequestId();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }
}
