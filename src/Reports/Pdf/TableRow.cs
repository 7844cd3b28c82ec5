using SkiaSharp;

namespace Chitti.Reports;

/// <summary>A row of a table; as tall as its tallest cell.</summary>
internal sealed class TableRow : Block
{
    private const float Padding = 3;
    private const float PictureHeight = 54;
    private const int MaxLines = 40;
    private readonly IReadOnlyList<Column> _columns;
    private readonly Cell[] _cells;
    private readonly IReadOnlyList<string>[] _lines;

    public TableRow(Typesetter typesetter, IReadOnlyList<Column> columns, params Cell[] cells)
        : this(columns, cells, [.. cells.Select((cell, i) =>
            typesetter.Wrap(cell.Text, cell.Style, columns[i].Width - (2 * TableHeader.Padding), MaxLines))])
    {
    }

    private TableRow(IReadOnlyList<Column> columns, Cell[] cells, IReadOnlyList<string>[] lines)
        : base((2 * Padding) + cells.Select((cell, i) =>
            cell.Picture is null ? lines[i].Count * cell.Style.LineHeight : PictureHeight).Max())
    {
        _columns = columns;
        _cells = cells;
        _lines = lines;
    }

    public override IEnumerable<int> Pictures => _cells.Where(c => c.Picture is not null).Select(c => c.Picture!.Value);

    public override void Draw(PageCanvas page, float top)
    {
        var left = Sheet.Left;
        for (var i = 0; i < _cells.Length; i++)
        {
            DrawCell(page, _cells[i], _lines[i], new(left, top, left + _columns[i].Width, top + Height), _columns[i].Right);
            left += _columns[i].Width;
        }
        page.Rule(Sheet.Left, Sheet.Right, top + Height, Palette.Rule, 0.4f);
    }

    private static void DrawCell(PageCanvas page, Cell cell, IReadOnlyList<string> lines, SKRect area, bool right)
    {
        if (cell.Picture is { } picture)
        {
            var frame = new SKRect(area.Left + TableHeader.Padding, area.Top + Padding, area.Right - TableHeader.Padding, area.Bottom - Padding);
            page.Picture(picture).DrawWhole(page, frame);
            return;
        }
        if (cell.Section is { } section)
        {
            if (page.PageOf(section) is not { } number)
            {
                return;
            }

            lines = ["page " + ReportText.Number(number)];
            page.Canvas.DrawLinkDestinationAnnotation(area, SectionMark.NameOf(section));
        }
        page.Lines(
            lines, right ? area.Right - TableHeader.Padding : area.Left + TableHeader.Padding, area.Top + Padding,
            cell.Style, right ? 1 : 0);
    }
}
