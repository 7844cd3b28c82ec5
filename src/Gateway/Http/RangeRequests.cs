using Microsoft.Net.Http.Headers;

namespace Chitti.Gateway;

/// <summary>Corrects how the framework answers ranges, where RFC 9110 requires something else.</summary>
internal static class RangeRequests
{
    internal static void UseRangeRules(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (IsIgnored(context.Request))
        {
            context.Request.Headers.Range = default;
        }

        await next(context);
        ClearHeadersOfRefusedRange(context.Response);
    });

    /// <summary>A range in another unit is ignored (section 14.2), and so is one with a method other than GET.</summary>
    private static bool IsIgnored(HttpRequest request) => request.Headers.Range.Count > 0
        && (!HttpMethods.IsGet(request.Method)
            || !RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var range)
            || !range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase));

    /// <summary>The framework leaves the headers of the content on a 416; the problem document needs its own.</summary>
    private static void ClearHeadersOfRefusedRange(HttpResponse response)
    {
        if (response is { StatusCode: StatusCodes.Status416RangeNotSatisfiable, HasStarted: false })
        {
            response.ContentLength = null;
            response.ContentType = null;
            response.Headers.ContentDisposition = default;
            response.Headers.ETag = default;
        }
    }
}
