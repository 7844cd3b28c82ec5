namespace Chitti.Gateway;

/// <summary>Name of the caller.</summary>
internal static class Caller
{
    // There are no accounts yet, so all callers share one name.
    internal static string Of(HttpContext context) => context.User.Identity?.Name ?? "local";
}
