using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>Buffers JSON bodies, so that a body with a fault can be read again and the response can name every field that is wrong.</summary>
internal static class JsonBody
{
    internal static void UseJsonBody(this IApplicationBuilder app)
    {
        // Above the size limit of a body, so that buffering never spills into a file.
        var limits = app.ApplicationServices.GetRequiredService<IOptions<LimitOptions>>().Value;
        var inMemory = (int)limits.MaxJsonBytes + 1;
        app.Use((context, next) =>
        {
            if (FindType(context.GetEndpoint()) is not null)
            {
                context.Request.EnableBuffering(inMemory);
            }

            return next(context);
        });
    }

    /// <summary>The type of an endpoint's JSON body; null when it takes none.</summary>
    internal static Type? FindType(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
}
