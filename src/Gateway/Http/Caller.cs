namespace Chitti.Gateway;

/// <summary>Who calls.</summary>
internal static class Caller
{
    // There are no accounts yet: everyone on this machine is one caller.
    internal static string Of(HttpContext context) => context.User.Identity?.Name ?? "local";
}
