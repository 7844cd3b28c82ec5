using System.Globalization;
using System.Text;

namespace Chitti.Inference;

/// <summary>
/// Reads the Python literals that exporters write to metadata: <c>{0: 'open', 1: "it's"}</c>, <c>[640, 640]</c>.
/// </summary>
internal static class PythonLiteral
{
    /// <summary>
    /// The strings of a dictionary in the order of its keys, which must be 0, 1, 2…, or those of a list. Null if the literal
    /// is neither.
    /// </summary>
    public static string[]? Names(string? literal)
    {
        var text = literal?.Trim();
        if (text is not ['{', .., '}'] and not ['[', .., ']'])
        {
            return null;
        }

        var names = new SortedDictionary<int, string>();
        int? key = text[0] == '[' ? 0 : null;
        for (var at = 1; at < text.Length - 1;)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                var end = at;
                while (char.IsAsciiDigit(text[end]))
                {
                    end++;
                }

                key = int.TryParse(text[at..end], CultureInfo.InvariantCulture, out var number) ? number : null;
                at = end;
            }
            else if (text[at] is '\'' or '"')
            {
                if (key is not { } id || !names.TryAdd(id, Quoted(text, ref at)))
                {
                    return null;
                }

                key = text[0] == '[' ? id + 1 : null;
            }
            else
            {
                at++;
            }
        }
        return names.Count > 0 && names.Keys.Last() == names.Count - 1 ? [.. names.Values] : null;
    }

    public static int[]? Integers(string? literal)
    {
        var parts = literal?.Trim().Trim('[', ']', '(', ')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts is null || parts.Any(part => !int.TryParse(part, CultureInfo.InvariantCulture, out _)))
        {
            return null;
        }

        return [.. parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
    }

    private static string Quoted(string text, ref int at)
    {
        var quote = text[at++];
        var name = new StringBuilder();
        for (; at < text.Length && text[at] != quote; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            name.Append(text[at]);
        }
        at++;
        return name.ToString();
    }
}
