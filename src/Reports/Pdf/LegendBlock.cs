namespace Chitti.Reports;

/// <summary>The legend, once before many small pictures.</summary>
internal sealed class LegendBlock() : Block(14)
{
    public override void Draw(PageCanvas page, float top) => Legend.Draw(page, Sheet.Left, top + 4);
}
