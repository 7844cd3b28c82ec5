namespace Chitti.Reports;

/// <summary>Heading of a section, over a rule.</summary>
internal sealed class HeadingBlock(string text) : Block(BlockHeight)
{
    public const float BlockHeight = 30;

    public override void Draw(PageCanvas page, float top)
    {
        page.Text(text, Sheet.Left, top + 10, TextStyle.Heading);
        page.Rule(Sheet.Left, Sheet.Right, top + 25.5f, Palette.Ink, 0.8f);
    }
}
