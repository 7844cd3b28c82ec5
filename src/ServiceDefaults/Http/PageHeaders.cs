using Microsoft.AspNetCore.Builder;

namespace Chitti.ServiceDefaults;

/// <summary>Headers of the pages for people: what they may load, and that no other page may frame them.</summary>
public static class PageHeaders
{
    /// <summary>
    /// Where the Orleans dashboard is mapped. It draws with inline styles; its scripts, fonts and data come from beside it.
    /// </summary>
    public static void UseDashboardHeaders(this IApplicationBuilder app) => app.UsePageHeaders(
        "/dashboard",
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'");

    /// <summary>Sets them on every answer at an address and below it.</summary>
    /// <param name="app">The pipeline, before the pages.</param>
    /// <param name="path">For example <c>/docs</c>.</param>
    /// <param name="policy">The content security policy.</param>
    public static void UsePageHeaders(this IApplicationBuilder app, string path, string policy) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        {
            // At the very start of the answer: an exception handler clears the headers.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.ContentSecurityPolicy = policy;
                context.Response.Headers.XFrameOptions = "DENY";
                return Task.CompletedTask;
            });
        }

        return next(context);
    });
}
