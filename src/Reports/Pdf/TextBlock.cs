namespace Chitti.Reports;

/// <summary>Lines of one style. A long text is several blocks, so that it can continue on the next page.</summary>
internal sealed class TextBlock(IReadOnlyList<string> lines, TextStyle style, float left = Sheet.Left, float align = 0)
    : Block(lines.Count * style.LineHeight)
{
    public override void Draw(PageCanvas page, float top) => page.Lines(lines, left, top, style, align);
}
