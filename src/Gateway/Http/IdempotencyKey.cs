using System.Buffers;
using Microsoft.AspNetCore.Http.Metadata;

namespace Chitti.Gateway;

/// <summary>The header by which a client may repeat a call without repeating what it does.</summary>
internal static class IdempotencyKey
{
    internal const string Header = "Idempotency-Key";

    /// <summary>How long the first answer is given again.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    internal const string Rule = "must be 1 to 200 visible ASCII characters";

    private static readonly SearchValues<char> _visible =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c)]);

    /// <summary>Null where the call has none; false for one that can't be used.</summary>
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

    /// <summary>Keys of different callers and routes do not meet.</summary>
    internal static string Scope(HttpContext context) =>
        $"{Caller.Of(context)} {context.Request.Method} {context.GetEndpoint()?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route}";
}
