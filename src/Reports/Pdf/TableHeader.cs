namespace Chitti.Reports;

/// <summary>A table's column titles; repeated on every page the table reaches.</summary>
internal sealed class TableHeader(IReadOnlyList<Column> columns) : Block(HeightOf(columns))
{
    public const float Padding = 4;

    public override void Draw(PageCanvas page, float top)
    {
        page.Fill(new(Sheet.Left, top, Sheet.Right, top + Height), Palette.Band);
        var left = Sheet.Left;
        foreach (var column in columns)
        {
            page.Lines(
                column.Title.Split('\n'), column.Right ? left + column.Width - Padding : left + Padding, top + Padding,
                TextStyle.ColumnTitle, column.Right ? 1 : 0);
            left += column.Width;
        }
        page.Rule(Sheet.Left, Sheet.Right, top + Height, Palette.Muted);
    }

    private static float HeightOf(IReadOnlyList<Column> columns) =>
        (columns.Max(c => c.Title.Split('\n').Length) * TextStyle.ColumnTitle.LineHeight) + (2 * Padding);
}
