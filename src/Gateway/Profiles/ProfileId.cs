using System.Text.RegularExpressions;

namespace Chitti.Gateway;

/// <summary>Ids of profiles and models. They are safe in URLs and in keys.</summary>
internal static partial class ProfileId
{
    internal const string Pattern = "^[a-z0-9][a-z0-9._-]{0,63}\\z";

    internal const string Rule = "must be 1 to 64 characters of a-z, 0-9, '.', '_' and '-', and begin with a letter or a digit";

    internal static bool IsValid(string? id) => id is not null && Allowed().IsMatch(id);

    [GeneratedRegex(Pattern)]
    private static partial Regex Allowed();
}
