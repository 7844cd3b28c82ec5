using Chitti.Domain;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>Drawing on one page. Paints are shared by all pages of a report.</summary>
internal sealed class PageCanvas(Typesetter text, IReadOnlyDictionary<int, int> sections) : IDisposable
{
    private readonly SKPaint _fill = new() { IsAntialias = true, Style = SKPaintStyle.Fill };
    private readonly SKPaint _stroke = new() { IsAntialias = true, Style = SKPaintStyle.Stroke };
    private readonly Dictionary<Disposition, SKPathEffect?> _lines = new()
    {
        [Disposition.Rejected] = null,
        [Disposition.Review] = SKPathEffect.CreateDash([7, 2], 0),
        [Disposition.Accepted] = SKPathEffect.CreateDash([3, 2], 0),
        [Disposition.Ignored] = SKPathEffect.CreateDash([1, 2], 0),
    };
    private IReadOnlyDictionary<int, ReportPicture> _pictures = new Dictionary<int, ReportPicture>();

    public SKCanvas Canvas { get; private set; } = null!;

    public Typesetter Typesetter => text;

    public void BeginPage(SKCanvas canvas, IReadOnlyDictionary<int, ReportPicture> pictures)
    {
        Canvas = canvas;
        _pictures = pictures;
    }

    public ReportPicture Picture(int item) => _pictures[item];

    /// <summary>The page on which an item's own section begins; null if it has none.</summary>
    public int? PageOf(int item) => sections.TryGetValue(item, out var page) ? page : null;

    /// <summary>
    /// One line that already fits; <paramref name="align"/> is 0 for left, 0.5 for centred, 1 for right of x.
    /// </summary>
    public void Text(string line, float x, float top, TextStyle style, float align = 0)
    {
        if (line.Length == 0)
        {
            return;
        }

        var face = text.Face(style);
        line = face.Drawable(line);
        if (align > 0)
        {
            x -= face.Width(line, style.Size) * align;
        }

        _fill.Color = style.Color;
        Canvas.DrawText(line, x, top + style.Ascent, SKTextAlign.Left, face.At(style.Size), _fill);
    }

    public void Lines(IReadOnlyList<string> lines, float x, float top, TextStyle style, float align = 0)
    {
        foreach (var line in lines)
        {
            Text(line, x, top, style, align);
            top += style.LineHeight;
        }
    }

    public void Fill(SKRect area, SKColor color, float radius = 0)
    {
        _fill.Color = color;
        if (radius > 0)
        {
            Canvas.DrawRoundRect(area, radius, radius, _fill);
        }
        else
        {
            Canvas.DrawRect(area, _fill);
        }
    }

    public void Frame(SKRect area, SKColor color, float width, Disposition line = Disposition.Rejected)
    {
        _stroke.Color = color;
        _stroke.StrokeWidth = width;
        _stroke.PathEffect = _lines[line];
        Canvas.DrawRect(area, _stroke);
        _stroke.PathEffect = null;
    }

    public void Rule(float left, float right, float y, SKColor color, float width = 0.6f)
    {
        _stroke.Color = color;
        _stroke.StrokeWidth = width;
        Canvas.DrawLine(left, y, right, y, _stroke);
    }

    public void Dispose()
    {
        _fill.Dispose();
        _stroke.Dispose();
        foreach (var line in _lines.Values)
        {
            line?.Dispose();
        }

    }
}
