using System.Globalization;
using System.Text;

namespace Chitti.Gateway;

/// <summary>Names of uploaded files. They are displayed and offered for download, but never used as paths.</summary>
internal static class FileName
{
    internal const int MaxLength = 255;

    private const int MaxExtensionLength = 16;

    /// <summary>The last path segment of the client's name, without control and format characters, at most 255 characters.</summary>
    internal static string Clean(string? given)
    {
        var name = given ?? "";
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        name = string.Concat(name.EnumerateRunes().Where(IsShown).Select(rune => rune.ToString())).Trim();
        return name is "" or "." or ".." ? "unnamed" : Cut(name, MaxLength);
    }

    /// <summary>The name with at most so many characters; its extension is kept.</summary>
    internal static string Cut(string name, int maxLength)
    {
        if (name.Length <= maxLength)
        {
            return name;
        }

        var extension = Path.GetExtension(name);
        if (extension.Length > MaxExtensionLength)
        {
            extension = "";
        }

        var length = maxLength - extension.Length;

        // Not between the halves of a surrogate pair.
        return name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)] + extension;
    }

    // EnumerateRunes turns lone surrogates into U+FFFD. Format characters can reverse the order in which a name is displayed.
    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
