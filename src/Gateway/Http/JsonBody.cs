using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>Keeps JSON bodies while they are read, so that the answer can name every field that is wrong.</summary>
internal static class JsonBody
{
    internal static void UseJsonBody(this IApplicationBuilder app)
    {
        // In memory, and never in a file: no body is larger than the limit.
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

    /// <summary>What an endpoint reads its body as; null where it takes no JSON.</summary>
    internal static Type? FindType(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
}
