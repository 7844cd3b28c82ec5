using System.Text;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>
/// One face at any size. Glyphs are unhinted, so widths scale with the size and are measured once per character, because a
/// report over 1,000 files measures about 100,000 texts. Not thread-safe.
/// </summary>
internal sealed class TextFace(SKTypeface typeface) : IDisposable
{
    private const float EmSize = 1000;
    private const int ReplacementCharacter = 0xFFFD;
    private readonly SKFont _em = NewFont(typeface, EmSize);
    private readonly Dictionary<int, float> _widths = [];
    private readonly Dictionary<float, SKFont> _fonts = [];

    public SKFont At(float size)
    {
        if (!_fonts.TryGetValue(size, out var font))
        {
            _fonts[size] = font = NewFont(typeface, size);
        }

        return font;
    }

    /// <summary>The text on one line, with a visible mark for every character the face does not have.</summary>
    public string Drawable(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~'))
        {
            return text;
        }

        var drawable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                drawable.Append(' ');
            }
            else if (_em.ContainsGlyph(rune.Value))
            {
                drawable.Append(rune);
            }
            else
            {
                drawable.Append(_em.ContainsGlyph(ReplacementCharacter) ? (char)ReplacementCharacter : '?');
            }
        }
        return drawable.ToString();
    }

    public float Width(ReadOnlySpan<char> text, float size)
    {
        float width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!_widths.TryGetValue(rune.Value, out var em))
            {
                _widths[rune.Value] = em = _em.MeasureText(rune.ToString()) / EmSize;
            }

            width += em;
        }
        return width * size;
    }

    public void Dispose()
    {
        _em.Dispose();
        foreach (var font in _fonts.Values)
        {
            font.Dispose();
        }
    }

    private static SKFont NewFont(SKTypeface typeface, float size) =>
        new(typeface, size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None };
}
