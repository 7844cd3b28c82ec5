using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Chitti.ServiceDefaults;

/// <summary>
/// Refuses calls that may change something with 403 if a browser makes them for a page of another site. Such a page can post a
/// form without the user's consent, and the call then comes from the user's machine. Clients other than browsers send neither of
/// the two headers that are checked, so they are not refused.
/// </summary>
public static class CrossSiteRequests
{
    /// <summary>Refuses them.</summary>
    public static void UseCrossSiteRefusal(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!IsCrossSite(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    internal static bool IsCrossSite(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        // Another port of this host is the same site, but not this server: only the same origin, or the user alone, will do.
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
        {
            return site.ToString() is not ("same-origin" or "none");
        }

        // A browser that does not send the first sends this with every post, "null" where it will not tell. Its scheme is not
        // looked at: a proxy may have ended TLS.
        var origin = request.Headers.Origin;
        return origin.Count > 0 && !(Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var uri)
            && string.Equals(HostOf(uri), Normalize(request), StringComparison.OrdinalIgnoreCase));
    }

    private static string HostOf(Uri origin) => origin.IsDefaultPort ? origin.Host : $"{origin.Host}:{origin.Port}";

    private static string Normalize(HttpRequest request) =>
        request.Host.Port is null or 80 or 443 ? request.Host.Host : $"{request.Host.Host}:{request.Host.Port}";
}
