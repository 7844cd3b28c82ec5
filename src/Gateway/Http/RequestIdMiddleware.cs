using System.Buffers;

namespace Chitti.Gateway;

/// <summary>Gives every response a request id, the caller's own if it sent one, so that the logs of both sides can be correlated.</summary>
internal static class RequestIdMiddleware
{
    private const string Header = "X-Request-Id";

    private static readonly SearchValues<char> _safe =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/+=");

    internal static void UseRequestId(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        string? given = context.Request.Headers[Header];
        var id = IsSafe(given) ? given! : ProblemWriter.TraceId(context);
        context.TraceIdentifier = id;

        // Set when the response starts, because the exception handler clears headers set earlier.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = id;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return Task.CompletedTask;
        });
        return next(context);
    });

    internal static bool IsSafe(string? id) => id is { Length: >= 1 and <= 128 } && !id.AsSpan().ContainsAnyExcept(_safe);
}
