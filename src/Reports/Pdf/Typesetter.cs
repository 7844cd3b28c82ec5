using Chitti.Imaging;

namespace Chitti.Reports;

/// <summary>Breaks text into lines that fit.</summary>
internal sealed class Typesetter(FontFaces fonts) : IDisposable
{
    private const string Ellipsis = "…";
    private readonly TextFace _regular = new(fonts.Regular);
    private readonly TextFace _bold = new(fonts.Bold);

    public TextFace Face(TextStyle style) => style.Bold ? _bold : _regular;

    public float Width(string text, TextStyle style) => Face(style).Width(Face(style).Drawable(text), style.Size);

    /// <summary>One line, cut with an ellipsis if it is too long.</summary>
    public string Fit(string text, TextStyle style, float width) => Wrap(text, style, width, 1)[0];

    /// <summary>At least one line; breaks at spaces and, in words wider than a line, between any two characters.</summary>
    public IReadOnlyList<string> Wrap(string text, TextStyle style, float width, int maxLines = int.MaxValue)
    {
        var face = Face(style);
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var rest = face.Drawable(paragraph).AsSpan().Trim();
            do
            {
                var length = Breakpoint(rest, face, style.Size, width);
                if (lines.Count == maxLines - 1 && length < rest.Length)
                {
                    lines.Add(Shorten(rest, face, style.Size, width));
                    return lines;
                }
                lines.Add(rest[..length].TrimEnd().ToString());
                rest = rest[length..].TrimStart();
            }
            while (!rest.IsEmpty);
            if (lines.Count == maxLines)
            {
                break;
            }
        }
        return lines;
    }

    public void Dispose()
    {
        _regular.Dispose();
        _bold.Dispose();
    }

    private static int Breakpoint(ReadOnlySpan<char> text, TextFace face, float size, float width)
    {
        var fits = Fitting(text, face, size, width);
        if (fits == text.Length)
        {
            return fits;
        }

        var space = text[..Math.Min(fits + 1, text.Length)].LastIndexOf(' ');
        return space > 0 ? space : fits;
    }

    private static string Shorten(ReadOnlySpan<char> text, TextFace face, float size, float width)
    {
        var fits = Fitting(text, face, size, width - face.Width(Ellipsis, size));
        return string.Concat(text[..fits].TrimEnd(), Ellipsis);
    }

    /// <summary>How many characters fit; at least one code point, so that breaking always makes progress.</summary>
    private static int Fitting(ReadOnlySpan<char> text, TextFace face, float size, float width)
    {
        var length = 0;
        float used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var end = length + rune.Utf16SequenceLength;
            used += face.Width(text[length..end], size);
            if (used > width && length > 0)
            {
                return length;
            }

            length = end;
        }
        return length;
    }
}
