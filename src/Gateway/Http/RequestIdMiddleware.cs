using System.Buffers;

namespace Chitti.Gateway;

/// <summary>Names every answer, by the caller's own id where it gave one, so that both logs can be held together.</summary>
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

        // Set at the very start of the answer: the exception handler clears the headers.
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
