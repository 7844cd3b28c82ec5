using SkiaSharp;

namespace Chitti.Reports;

/// <summary>Face, size in points and colour of a text.</summary>
internal sealed record TextStyle(bool Bold, float Size, SKColor Color)
{
    public static readonly TextStyle Title = new(true, 17, Palette.Ink);
    public static readonly TextStyle Heading = new(true, 11, Palette.Ink);
    public static readonly TextStyle Body = new(false, 8, Palette.Ink);
    public static readonly TextStyle Strong = new(true, 8, Palette.Ink);
    public static readonly TextStyle Label = new(false, 7.2f, Palette.Muted);
    public static readonly TextStyle Small = new(false, 6.8f, Palette.Muted);
    public static readonly TextStyle ColumnTitle = new(true, 7, Palette.Ink);

    public float LineHeight => Size * 1.32f;

    /// <summary>From the top of a line to its baseline.</summary>
    public float Ascent => Size * 1.0f;
}
