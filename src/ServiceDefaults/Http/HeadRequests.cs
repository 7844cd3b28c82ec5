using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Chitti.ServiceDefaults;

/// <summary>Serves HEAD at every address that serves GET (RFC 9110, 9.3.2). The server itself leaves the content out.</summary>
public static class HeadRequests
{
    /// <summary>Adds routing, in which a HEAD counts as a GET. What comes later, the endpoint too, sees a HEAD again.</summary>
    public static void UseRoutingWithHead(this IApplicationBuilder app)
    {
        var marker = new object();
        app.Use((context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Request.Method = HttpMethods.Get;
                context.Items[marker] = marker;
            }

            return next(context);
        });
        app.UseRouting();
        app.Use(async (context, next) =>
        {
            if (context.Items.Remove(marker))
            {
                context.Request.Method = HttpMethods.Head;
            }

            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false } response
                && response.Headers.Allow.ToString().Contains(HttpMethods.Get, StringComparison.Ordinal))
            {
                response.Headers.Allow = $"{response.Headers.Allow}, {HttpMethods.Head}";
            }
        });
    }
}
