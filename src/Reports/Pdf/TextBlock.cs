namespace Chitti.Reports;

/// <summary>Lines of one style; a long text is several of them, so that it can break over pages.</summary>
internal sealed class TextBlock(IReadOnlyList<string> lines, TextStyle style, float left = Sheet.Left, float align = 0)
    : Block(lines.Count * style.LineHeight)
{
    public override void Draw(PageCanvas page, float top) => page.Lines(lines, left, top, style, align);
}
