using System.Globalization;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>One bar of the chart of classes: rejected filled, accepted in outline, the numbers beside it.</summary>
internal sealed class BarRow(string name, ReportSummary.ClassCount count, int largest) : Block(RowHeight)
{
    public const float RowHeight = 15;
    public const float NameWidth = 128;
    private const float FiguresWidth = 118;

    public override void Draw(PageCanvas page, float top)
    {
        var left = Sheet.Left + NameWidth + 8;
        var unit = (Sheet.Right - FiguresWidth - left) / largest;
        var colour = Palette.Of(count.Severity);
        page.Text(name, Sheet.Left, top + 2, TextStyle.Body);
        var whole = SKRect.Create(left, top + 2, unit * count.Indications, 10);
        page.Fill(whole, colour.WithAlpha(0x30));
        page.Fill(SKRect.Create(left, top + 2, unit * count.Rejected, 10), colour);
        page.Frame(whole, colour, 0.7f);
        page.Text(
            string.Create(CultureInfo.InvariantCulture, $"{count.Indications}, {count.Rejected} rejected · {ReportText.SeverityOf(count.Severity)}"),
            whole.Right + 5, top + 2.4f, TextStyle.Label);
    }
}
