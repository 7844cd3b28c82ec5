using System.Buffers;
using Microsoft.AspNetCore.Http.Metadata;

namespace Chitti.Gateway;

/// <summary>The header that makes it safe for a client to repeat a call.</summary>
internal static class IdempotencyKey
{
    internal const string Header = "Idempotency-Key";

    /// <summary>How long an answer is kept and returned for repeated calls.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    internal const string Rule = "must be 1 to 200 visible ASCII characters";

    private static readonly SearchValues<char> _visible =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c)]);

    /// <summary>Reads the key; null when the call has none. False when the key is not valid.</summary>
    internal static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return true;
        }

        key = values.Count == 1 ? values[0] : null;
        return key is { Length: >= 1 and <= 200 } && !key.AsSpan().ContainsAnyExcept(_visible);
    }

    /// <summary>Separates the keys of different callers and routes.</summary>
    internal static string Scope(HttpContext context) =>
        $"{Caller.Of(context)} {context.Request.Method} {context.GetEndpoint()?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route}";
}
